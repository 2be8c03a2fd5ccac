import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { Office } from "./office";

let office: Office;
test.beforeAll(() => {
  office = new Office();
});
test.afterAll(() => office.close());

const PATH = "/billing/settings";
const card = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const pause = (page: Page) => card(page, "Добровольная блокировка");
const means = (page: Page) => page.getByRole("region", { name: "Что это значит: Добровольная блокировка" });

async function saveShortest(page: Page, days: string): Promise<void> {
  await pause(page).getByLabel("Не короче, дней").fill(days);
  await pause(page).getByRole("button", { name: "Сохранить" }).click();
}

test("terms are changed where they are said in words, the subscriber sees them at once, and two do not overwrite each other", async ({
  context,
  browser,
  baseURL,
}) => {
  const person = await office.person(2_000_00n);
  const biller = await office.staff(context, "billing_operator");
  await biller.goto("/billing/periods");
  await biller.getByRole("link", { name: "Настройки" }).click();
  await expect(biller).toHaveURL(new RegExp(`${PATH}$`));
  const other = await browser.newContext({ ...(baseURL && { baseURL }) });
  const second = await office.staff(other, "admin");
  await second.goto(PATH);

  await saveShortest(biller, "91");
  await expect(pause(biller).getByText("Наименьший срок больше наибольшего.")).toBeVisible();
  await saveShortest(biller, "много");
  await expect(pause(biller).getByText("Целое число от 1 до 366.")).toBeVisible();
  await pause(biller).getByLabel("Не короче, дней").fill("9");
  await expect(means(biller)).toContainText("Пауза от 9 дней до 90 дней");
  await pause(biller).getByRole("button", { name: "Сохранить" }).click();
  await expect(pause(biller).getByText("Последнее изменение: Олег Проверкин")).toBeVisible();

  const visitor = await browser.newContext({ ...(baseURL && { baseURL }) });
  const subscriber = await office.subscriber(visitor, person);
  await subscriber.goto("/my/pause");
  await expect(subscriber.getByText(/От 9 до 90 дней/)).toBeVisible();

  // The second still looks at what was there before.
  await saveShortest(second, "8");
  await expect(pause(second).getByRole("alert")).toContainText("сохранил другой человек");
  await pause(second).getByRole("button", { name: "Показать новые значения" }).click();
  await expect(pause(second).getByLabel("Не короче, дней")).toHaveValue("9");
  await saveShortest(second, "7");
  await expect(second.getByText("Настройки сохранены")).toBeVisible();
  await subscriber.reload();
  await expect(subscriber.getByText(/От 7 до 90 дней/)).toBeVisible();
  await Promise.all([other.close(), visitor.close()]);
});

test("a manager reads the settings and can change none; support does not get there", async ({
  context,
  browser,
  baseURL,
}) => {
  const manager = await office.staff(context, "manager");
  await manager.goto(PATH);
  await expect(card(manager, "Обещанный платёж").getByLabel("На сколько дней")).toBeDisabled();
  await expect(manager.getByRole("button", { name: "Сохранить" })).toHaveCount(0);
  const other = await browser.newContext({ ...(baseURL && { baseURL }) });
  const agent = await office.staff(other, "support_agent");
  await agent.goto(PATH);
  await expect(agent).toHaveURL(/\/forbidden/);
  await other.close();
});

for (const theme of ["light", "dark"]) {
  test(`the settings have no accessibility violations and no sideways scrolling in the ${theme} theme`, async ({
    context,
    baseURL,
  }) => {
    const page = await office.staff(context, "admin");
    await context.addCookies([{ name: "uzel_theme", value: theme, url: baseURL ?? "" }]);
    await page.goto(PATH);
    await page.getByLabel("Тарифы").selectOption({ label: "только отмеченные" });
    await page.getByLabel("На сколько дней").fill("0");
    await card(page, "Обещанный платёж").getByRole("button", { name: "Сохранить" }).click();
    await expect(page.getByText("Целое число от 1 до 31.")).toBeVisible();
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
      .analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`),
    ).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });
}
