import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { Office } from "./office";

let office: Office;
test.beforeAll(() => {
  office = new Office();
});
test.afterAll(() => office.close());

const dayOf = (date: Date) => date.toLocaleDateString("sv-SE", { timeZone: "Europe/Moscow" });
const inDays = (count: number) => dayOf(new Date(Date.now() + count * 86_400_000));

async function openTariff(page: Page, code: string): Promise<void> {
  await page.goto(`/catalog?q=${code}`);
  await page.getByRole("table").getByRole("link").first().click();
  await expect(page).toHaveURL(/\/catalog\/[0-9a-f-]{36}$/);
}

test("a price is proposed by one person, shown for what it does, published by another, and is the price from its day on", async ({
  context,
  browser,
  baseURL,
}) => {
  const taras = await office.person(2_000_00n);
  const author = await office.staff(context, "product_manager");
  await openTariff(author, taras.tariffCode);
  await author.getByRole("link", { name: "Предложить новую цену" }).click();
  await author.getByLabel("Для новых абонентов с").fill(inDays(-1));
  await author.getByRole("textbox", { name: /Цена за период/ }).fill("много");
  await author.getByRole("button", { name: "Предложить" }).click();
  // The browser itself does not let a past day through; what is not a sum is told in words.
  await author.getByLabel("Для новых абонентов с").fill(dayOf(new Date()));
  await author.getByLabel("Для нынешних с").fill(inDays(40));
  await author.getByRole("button", { name: "Предложить" }).click();
  await expect(author.getByRole("alert").filter({ hasText: "цифрами" })).toBeVisible();
  await author.getByRole("textbox", { name: /Цена за период/ }).fill("720");
  await author.getByRole("button", { name: "Предложить" }).click();
  await expect(author.getByRole("heading", { name: "Предложение новой цены" })).toBeVisible();
  await expect(author.getByText("Вы автор: одобряет другой человек.")).toBeVisible();
  await expect(author.getByRole("button", { name: "Одобрить и опубликовать" })).toHaveCount(0);

  const other = await browser.newContext({ ...(baseURL && { baseURL }) });
  const second = await office.staff(other, "admin");
  await second.goto("/catalog?waiting=1");
  await expect(second.getByText(taras.tariffCode)).toBeVisible();
  await openTariff(second, taras.tariffCode);
  // 650 ₽ now, 720 ₽ then, for the one who has it.
  const figures = second.getByRole("region", { name: "Итог предложения" });
  await expect(figures).toContainText(/\+70\s₽/);
  const affected = second.getByRole("table", { name: "Затронутые абоненты" });
  await expect(affected).toContainText(taras.accountNumber);
  await expect(affected).toContainText(/650,00\s₽/);
  await expect(affected).toContainText(/720,00\s₽/);
  await second.getByRole("button", { name: "Одобрить и опубликовать" }).click();
  await second.getByRole("dialog").getByRole("button", { name: "Одобрить и опубликовать" }).click();
  await expect(second.getByText("Цена опубликована")).toBeVisible();
  const versions = second.getByRole("table", { name: /Версии цены/ });
  await expect(versions.getByRole("row").nth(1)).toContainText(/2.*сейчас.*720,00\s₽/);

  await author.goto(`/catalog?q=${taras.tariffCode}`);
  await expect(author.getByRole("table")).toContainText(/720,00\s₽ в месяц/);
  await expect(author.getByRole("table")).toContainText(/720,00\s₽ в месяц для нынешних с/);
  await other.close();
});

test("a rejection gives its reason to the author, who may propose anew", async ({ context, browser, baseURL }) => {
  const { tariffCode } = await office.person();
  const author = await office.staff(context, "product_manager");
  await openTariff(author, tariffCode);
  await author.getByRole("link", { name: "Предложить новую цену" }).click();
  await author.getByRole("textbox", { name: /Цена за период/ }).fill("990");
  await author.getByRole("button", { name: "Предложить" }).click();
  await expect(author.getByText("Вы автор: одобряет другой человек.")).toBeVisible();

  const other = await browser.newContext({ ...(baseURL && { baseURL }) });
  const second = await office.staff(other, "product_manager");
  await openTariff(second, tariffCode);
  await second.getByRole("button", { name: "Отклонить" }).click();
  await second.getByRole("textbox", { name: "Причина" }).fill("слишком резко");
  await second.getByRole("dialog").getByRole("button", { name: "Отклонить" }).click();
  await expect(second.getByText("Предложение отклонено")).toBeVisible();

  await author.reload();
  await expect(author.getByText("слишком резко")).toBeVisible();
  await expect(author.getByRole("link", { name: "Предложить новую цену" })).toBeVisible();
  await other.close();
});

test("support looks tariffs up, and is offered nothing that it may not do", async ({ context }) => {
  const { tariffCode } = await office.person();
  const page = await office.staff(context, "support_agent");
  await openTariff(page, tariffCode);
  await expect(page.getByRole("heading", { name: "Версии цены" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Предложить новую цену" })).toHaveCount(0);
  await page.goto(`${page.url()}/propose`);
  await expect(page).toHaveURL(/\/forbidden/);
  for (const path of ["/catalog/bundles", "/catalog/promo-codes", "/catalog/changes"]) {
    await page.goto(path);
    await expect(page.getByRole("button", { name: /^Новый|^Изменить|^Закончить/ })).toHaveCount(0);
  }
});

test("a forbidden change of tariff is forbidden in the matrix, and general again when its own words are taken away", async ({
  context,
}) => {
  const [from, to] = [await office.person(), await office.person()];
  const page = await office.staff(context, "product_manager");
  await page.goto("/catalog/changes");
  const name = ({ tariffCode }: typeof from) => `«Узел ${tariffCode.replace("e2e-", "")}»`;
  await page.getByRole("combobox", { name: "С какого тарифа" }).selectOption(name(from));
  await page.getByRole("button", { name: "Показать" }).click();
  await expect(page.getByRole("table", { name: `Смена с тарифа ${name(from)}` })).toBeVisible();
  const cell = page.getByRole("button", { name: new RegExp(`^${name(from)} → ${name(to)}:`) });
  await expect(cell).toContainText("бесплатно");
  await cell.click();
  await page.getByRole("checkbox", { name: "Разрешена" }).uncheck();
  await page.getByRole("button", { name: "Сохранить" }).click();
  await expect(cell).toContainText("Запрещена");
  await cell.click();
  await page.getByRole("checkbox", { name: "Своё правило" }).uncheck();
  await page.getByRole("button", { name: "Вернуть общее" }).click();
  await expect(cell).toContainText("бесплатно");
});

for (const theme of ["light", "dark"]) {
  test(`the catalog has no accessibility violations and no sideways scrolling in the ${theme} theme`, async ({
    context,
    baseURL,
  }) => {
    const { tariffCode } = await office.person();
    const page = await office.staff(context, "product_manager");
    await context.addCookies([{ name: "uzel_theme", value: theme, url: baseURL ?? "" }]);
    const check = async () => {
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
        .analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`),
        page.url(),
      ).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
        page.url(),
      ).toBeLessThanOrEqual(0);
    };
    await openTariff(page, tariffCode);
    const tariff = page.url();
    await page.goto(`${tariff}/propose`);
    await page.getByRole("button", { name: "Добавить этап" }).click();
    await check();
    await page.goto(`${tariff}/propose`);
    await page.getByRole("textbox", { name: /Цена за период/ }).fill("700");
    await page.getByRole("button", { name: "Предложить" }).click();
    await expect(page.getByRole("heading", { name: "Что изменится" })).toBeVisible();
    await check();
    for (const path of ["/catalog", "/catalog/new", "/catalog/bundles", "/catalog/promo-codes", "/catalog/changes"]) {
      await page.goto(path);
      await check();
    }
  });
}
