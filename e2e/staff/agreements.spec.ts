import { expect, type Page, test } from "@playwright/test";
import { addDays, type Day, dayIn } from "@/server/kernel/day";
import { Office } from "./office";

let office: Office;
test.beforeAll(() => {
  office = new Office();
});
test.afterAll(() => office.close());

const today = (): Day => dayIn(new Date(), "Europe/Moscow");
/** The error that stands at a field, as a screen reader hears it. */
const errorOf = (page: Page, label: string | RegExp) => page.getByRole("dialog").getByLabel(label);

test("a price in the past and one that reaches into a later one are refused at their days, and what was typed stays", async ({
  context,
}) => {
  const taras = await office.person(1_000_00n);
  const page = await office.staff(context, "support_lead");
  await page.goto(`/crm/${taras.accountId}`);
  const open = () => page.getByRole("button", { name: /Договориться о цене/ }).click();
  const agree = () => page.getByRole("dialog").getByRole("button", { name: "Назначить цену" }).click();
  await open();
  await page.getByLabel(/Новая цена за период/).fill("500");
  await page.getByLabel("Действует с").fill("2020-12-01");
  await agree();
  await expect(errorOf(page, "Действует с")).toHaveAccessibleDescription(
    /Цена не может начаться в прошлом.*Самый ранний день/,
  );
  await expect(page.getByLabel(/Новая цена за период/)).toHaveValue("500");
  await page.getByLabel("Действует с").fill(addDays(today(), 20));
  await agree();
  await expect(page.getByText("Персональная цена назначена")).toBeVisible();

  await open();
  await page.getByLabel(/Новая цена за период/).fill("600");
  await page.getByLabel("Действует с").fill(addDays(today(), 10));
  await agree();
  await expect(errorOf(page, /^До/)).toHaveAccessibleDescription(
    /Позже уже есть цена 500,00\s₽ с .*Закончите эту не позднее/,
  );
});

test("an end of long ago is refused at its day, with the earliest one", async ({ context }) => {
  const taras = await office.person(1_000_00n, addDays(today(), -90));
  const page = await office.staff(context, "support_agent");
  await page.goto(`/crm/${taras.accountId}`);
  await page.getByRole("button", { name: /^Завершить/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("С какого дня").fill(addDays(today(), -60));
  await dialog.getByLabel("Понимаю, завершить").check();
  await dialog.getByRole("button", { name: "Завершить подписку" }).click();
  await expect(errorOf(page, "С какого дня")).toHaveAccessibleDescription(
    /Так давно закончить нельзя: самый ранний день/,
  );
});

test("payment terms stand beside the credit limit, are changed with their consequence in days, and go back to everybody's", async ({
  context,
}) => {
  const taras = await office.person(1_000_00n);
  const page = await office.staff(context, "billing_operator");
  await page.goto(`/crm/${taras.accountId}`);
  const figure = page.getByRole("region", { name: "Деньги" }).locator("div", { hasText: /^Срок оплаты/ });
  await expect(figure).toContainText("14 дней");
  await expect(figure).toContainText("закроем через 10 дней после");
  const open = () => page.getByRole("button", { name: /Условия оплаты/ }).click();
  const save = () => page.getByRole("dialog").getByRole("button", { name: "Сохранить условия" }).click();
  await open();
  await page.getByLabel("Срок оплаты, дней").fill("неделя");
  await save();
  await expect(errorOf(page, "Срок оплаты, дней")).toHaveAccessibleDescription(/число дней от 0 до 365/);
  await page.getByLabel("Срок оплаты, дней").fill("30");
  await page.getByLabel("Отсрочка закрытия, дней").fill("500");
  await save();
  await expect(errorOf(page, "Отсрочка закрытия, дней")).toHaveAccessibleDescription(/число дней от 0 до 365/);
  await page.getByLabel("Отсрочка закрытия, дней").fill("0");
  await save();
  await expect(figure).toContainText("30 дней");
  await expect(figure).toContainText("закроем сразу после срока");
  await page.getByRole("tab", { name: "Журнал действий" }).click();
  await expect(page.getByText("Изменены условия оплаты").first()).toBeVisible();
});

test("a correction of nothing is refused at its sum and one without a reason at the reason, both at once", async ({
  context,
}) => {
  const taras = await office.person(1_000_00n);
  const page = await office.staff(context, "support_agent");
  await page.goto(`/crm/${taras.accountId}`);
  await page.getByRole("tab", { name: "Списания" }).click();
  await page.getByText("почему столько").click();
  await page.getByRole("button", { name: /^Перерасчёт/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Вернуть, ₽").fill("0");
  await dialog.getByLabel("Пояснение для коллег").fill("да");
  await dialog.getByRole("button", { name: "Сделать перерасчёт" }).click();
  await expect(errorOf(page, "Вернуть, ₽")).toHaveAccessibleDescription(/Сумма должна быть больше нуля/);
  await expect(errorOf(page, "Пояснение для коллег")).toHaveAccessibleDescription(/хотя бы в три знака/);
  await dialog.getByLabel("Вернуть, ₽").fill("100");
  await dialog.getByLabel("Пояснение для коллег").fill("двое суток без связи");
  await dialog.getByRole("button", { name: "Сделать перерасчёт" }).click();
  await expect(page.getByText("Возвращено", { exact: true }).first()).toBeVisible();
});
