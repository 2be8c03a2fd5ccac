import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { Residents } from "../cabinet/residents";
import { Office } from "../staff/office";

let residents: Residents;
let office: Office;
test.beforeAll(() => {
  residents = new Residents();
  office = new Office();
});
test.afterAll(() => Promise.all([residents.close(), office.close()]));

const plain = (text: string | null) => (text ?? "").replaceAll(/\s/g, " ");
/** The rows of a preview, as they are read. */
const rowsOf = async (page: Page) => {
  const list = page.getByRole("dialog").locator("dl");
  await expect(list).toBeVisible();
  return (await list.locator("div").allTextContents()).map(plain);
};

test("a tariff is changed at once: what the preview said is what is left, and the network gives the new speed", async ({
  context,
}) => {
  const anna = await residents.resident({ paidMinor: 1_000_00n });
  const name = await residents.tariff({ feeMinor: 900_00n });
  const page = await residents.signIn(context, anna);
  await page.goto("/my/services");
  await page.getByRole("link", { name: `Сменить тариф: ${anna.tariffName}` }).click();
  const choice = page.getByRole("list", { name: "Тарифы, на которые можно сменить" }).getByRole("listitem");
  await expect(choice.filter({ hasText: name })).toContainText(/на 250,00\s₽ дороже/);
  await page.getByRole("button", { name: `Выбрать: ${name}` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: /Сейчас/ }).check();
  // Nothing of the month is used yet, so all of it comes back: 350 + 650 − 900.
  expect(await rowsOf(page)).toEqual(
    expect.arrayContaining([
      expect.stringContaining("+650,00 ₽"),
      expect.stringContaining("−900,00 ₽"),
      "Баланс после смены100,00 ₽",
    ]),
  );
  await dialog.getByRole("button", { name: "Сменить сейчас" }).click();
  await expect(page.getByText(`Тариф сменён на ${name}`)).toBeVisible();
  await expect(page.getByRole("list", { name: "Тарифы счёта" })).toContainText(name);
  expect(await residents.balance(anna)).toBe(100_00n);
  await expect.poll(async () => (await residents.services(anna))[0]?.downKbps).toBe(500_000);
  await page.goto("/my");
  await expect(page.getByRole("region", { name: "Подключено" })).toContainText(name);
});

test("a change from the next period is shown with its day to subscriber and agent alike, replaced by one and cancelled by the other", async ({
  context,
  browser,
  baseURL,
}) => {
  const boris = await residents.resident({ paidMinor: 1_000_00n });
  const [first, second] = [
    await residents.tariff({ feeMinor: 900_00n }),
    await residents.tariff({ feeMinor: 400_00n }),
  ];
  const page = await residents.signIn(context, boris);
  await page.goto("/my/services");
  await page.getByRole("link", { name: `Сменить тариф: ${boris.tariffName}` }).click();
  await page.getByRole("button", { name: `Выбрать: ${first}` }).click();
  const shown = await rowsOf(page);
  expect(shown).toContain("Спишется сейчасничего");
  await page.getByRole("dialog").getByRole("button", { name: "Запланировать смену" }).click();
  const own = page.getByRole("list", { name: "Тарифы счёта" });
  await expect(own).toContainText(new RegExp(`С .+ — ${first}, 900,00`));
  await page.goto("/my");
  await expect(page.getByText(new RegExp(`· ${first}`))).toBeVisible();

  const desk = await browser.newContext({ ...(baseURL && { baseURL }) });
  const agent = await office.staff(desk, "support_agent");
  await agent.goto(`/crm/${boris.accountId}`);
  await expect(agent.getByText(new RegExp(`^С .+ — ${first}, 900,00`))).toBeVisible();
  await expect(agent.getByText(new RegExp(`^на ${first} с `)).first()).toBeVisible();
  await agent.getByRole("link", { name: `Сменить тариф: ${boris.tariffName}` }).click();
  await expect(agent.getByText("Запланирован", { exact: true })).toBeVisible();
  await agent.getByRole("button", { name: `Выбрать: ${second}` }).click();
  const theirs = await rowsOf(agent);
  await expect(agent.getByRole("dialog")).toContainText(`Запланированный переход на ${first}`);
  await agent.getByRole("dialog").getByRole("button", { name: "Запланировать смену" }).click();
  await expect(agent.getByText(new RegExp(`^С .+ — ${second}, 400,00`))).toBeVisible();
  expect(await residents.money(boris)).toMatchObject({ chargeMinor: 400_00n });

  await page.goto("/my/services");
  await page.getByRole("link", { name: `Сменить тариф: ${boris.tariffName}` }).click();
  await page.getByRole("button", { name: `Выбрать: ${first}` }).click();
  expect(await rowsOf(page)).toEqual(shown);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Отменить смену/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Отменить смену" }).click();
  await expect(page.getByText("Смена тарифа отменена")).toBeVisible();
  await page.getByRole("button", { name: `Выбрать: ${second}` }).click();
  expect(await rowsOf(page)).toEqual(theirs);
  expect(await residents.balance(boris)).toBe(350_00n);
  expect(await residents.money(boris)).toMatchObject({ chargeMinor: 650_00n });
  await desk.close();
});

test("what money does not suffice for says how much is missing and leads to where it is put in", async ({
  context,
}) => {
  const vera = await residents.resident({ paidMinor: 650_00n });
  const name = await residents.tariff({ feeMinor: 5_000_00n });
  const page = await residents.signIn(context, vera);
  await page.goto("/my/services");
  await page.getByRole("link", { name: `Сменить тариф: ${vera.tariffName}` }).click();
  await page.getByRole("button", { name: `Выбрать: ${name}` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: /Сейчас/ }).check();
  await expect(dialog).toContainText(/Не хватает 4\s350,00\s₽/);
  await expect(dialog.getByRole("button", { name: "Сменить сейчас" })).toBeDisabled();
  await dialog.getByRole("link", { name: "Пополнить" }).click();
  await expect(page).toHaveURL(/\/my\/pay\?account=/);
});

test("a stranger's subscription has no page, and a manager is offered no change", async ({
  context,
  browser,
  baseURL,
}) => {
  const [gleb, dina] = [
    await residents.resident({ paidMinor: 650_00n }),
    await residents.resident({ paidMinor: 650_00n }),
  ];
  const page = await residents.signIn(context, gleb);
  const [service] = await residents.services(dina);
  for (const account of [dina.accountId, gleb.accountId]) {
    await page.goto(`/my/services/tariff?account=${account}&subscription=${service?.subscriptionId}`);
    await expect(page.getByRole("heading", { name: "Такой страницы нет" })).toBeVisible();
    expect(await page.content()).not.toContain(dina.tariffName);
  }
  const desk = await browser.newContext({ ...(baseURL && { baseURL }) });
  const manager = await office.staff(desk, "manager");
  await manager.goto(`/crm/${dina.accountId}`);
  await expect(manager.getByRole("list", { name: "Подписки счёта" })).toContainText(dina.tariffName);
  await expect(manager.getByRole("link", { name: /^Сменить тариф/ })).toHaveCount(0);
  await manager.goto(`/crm/${dina.accountId}/tariff/${service?.subscriptionId}`);
  await expect(manager).toHaveURL(/\/forbidden/);
  await desk.close();
});

for (const theme of ["light", "dark"]) {
  test(`the choice and the preview have no accessibility violations and no sideways scrolling in the ${theme} theme`, async ({
    context,
    baseURL,
  }) => {
    const egor = await residents.resident({ paidMinor: 1_000_00n });
    const name = await residents.tariff({ feeMinor: 900_00n });
    await context.addCookies([{ name: "uzel_theme", value: theme, url: baseURL ?? "" }]);
    const page = await residents.signIn(context, egor);
    const check = async () => {
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
        .analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`),
      ).toEqual([]);
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      expect(sideways).toBe(false);
    };
    await page.goto("/my/services");
    await check();
    await page.getByRole("link", { name: `Сменить тариф: ${egor.tariffName}` }).click();
    await page.getByRole("button", { name: `Выбрать: ${name}` }).click();
    await rowsOf(page);
    await expect(page.getByRole("dialog")).toHaveCSS("opacity", "1");
    await check();
  });
}
