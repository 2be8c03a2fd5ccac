import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { Office } from "./office";

let office: Office;
test.beforeAll(() => {
  office = new Office();
});
test.afterAll(() => office.close());

test("an administrator copies a subscriber, pays ahead of time, lives a year in seconds and drops the copy; the subscriber stays", async ({
  context,
}) => {
  const taras = await office.person(2_000_00n);
  const page = await office.staff(context, "admin");
  await page.goto(`/crm/${taras.accountId}`);
  await page.getByRole("button", { name: "Скопировать в песочницу" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Скопировать" }).click();
  await page.waitForURL("**/sandbox/*");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Копия");
  // Nothing of the person has come here; a page that was opened anew holds no part of the one before.
  await page.reload();
  const html = await page.content();
  for (const word of [taras.name, taras.phone, taras.email, taras.street]) expect(html).not.toContain(word);

  const clock = page.locator("[data-clock]");
  const today = (await clock.getAttribute("data-clock")) ?? "";
  await page.getByRole("button", { name: "День", exact: true }).click();
  await expect(clock).not.toHaveAttribute("data-clock", today);
  await page.getByRole("button", { name: "Добавить платёж" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Сумма, ₽").fill("500");
  await dialog.getByRole("button", { name: "Добавить" }).click();
  await expect(page.getByText("Платёж зачислен копии")).toBeVisible();
  await expect(page.getByRole("list", { name: "Платежи" })).toContainText("500,00");

  await page.getByRole("button", { name: "12 месяцев" }).click();
  await expect(clock).toHaveAttribute("data-clock", new RegExp(`^${Number(today.slice(0, 4)) + 1}`));
  // 2,500.00 is spent on 650.00 a month, and then the service is closed.
  await expect(page.getByRole("list", { name: "Услуги" })).toContainText("за неуплату");
  const months = page.getByRole("table", { name: "По месяцам" });
  await expect(months.getByRole("row")).toHaveCount(15); // head, 13 calendar months, total
  await expect(months.getByRole("row").last()).toContainText("500,00");
  // Every month that was charged for has its document.
  await expect(page.getByText(/^Счёт №/).first()).toBeAttached();
  await page.getByText("почему столько").first().click();
  await expect(page.getByText("650,00 ₽ за весь период").first()).toBeAttached();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await page.getByRole("button", { name: "Начать заново" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Начать заново" }).click();
  await expect(clock).toHaveAttribute("data-clock", today);
  await page.getByRole("button", { name: "Удалить", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Удалить копию" }).click();
  await page.waitForURL("**/sandbox");
  await page.goto(`/crm/${taras.accountId}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(taras.name);
  await page.getByRole("tab", { name: "Журнал действий" }).click();
  await expect(page.getByText("Скопирован в песочницу").first()).toBeVisible();
});

test("nobody else sees the sandbox, and a copy that is not there is answered 404", async ({
  context,
  browser,
  baseURL,
}) => {
  const taras = await office.person();
  const lead = await office.staff(context, "billing_operator");
  await lead.goto(`/crm/${taras.accountId}`);
  await expect(lead.getByRole("button", { name: "Скопировать в песочницу" })).toHaveCount(0);
  await lead.goto("/sandbox");
  await expect(lead).toHaveURL(/\/forbidden$/);
  const own = await browser.newContext({ ...(baseURL && { baseURL }) });
  const admin = await office.staff(own, "admin");
  const response = await admin.goto("/sandbox/01890a5d-ac96-774b-bcce-b302099a8057");
  expect(response?.status()).toBe(404);
  await expect(admin.getByRole("heading", { level: 1 })).toContainText("Такой копии нет");
  await own.close();
});
