import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { Residents } from "./residents";

let residents: Residents;
test.beforeAll(() => {
  residents = new Residents();
});
test.afterAll(() => residents.close());

const daysOn = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 10);

test("money ended: a tick and a press turn the service on against a promise", async ({ context }) => {
  const igor = await residents.resident({ paidMinor: 200_00n });
  const page = await residents.signIn(context, igor);
  await page.goto("/my");
  await page.getByRole("checkbox", { name: /^Согласен/ }).check();
  await page.getByRole("button", { name: "Включить под обещание" }).click();
  await expect(page.getByRole("heading", { name: /^Обещанный платёж до конца/ })).toBeVisible();
  await expect(page.getByText(/Пополните на 450,00\s₽/)).toBeVisible();
  await expect(page.getByRole("heading", { name: "Интернет работает" })).toBeVisible();
  expect(await residents.balance(igor)).toBe(-450_00n);
  await expect(page.getByRole("radio", { name: /450\s₽ долг/ })).toBeChecked();
});

test("a pause is planned, shown at home, cancelled, begun at once and ended by oneself", async ({ context }) => {
  const eve = await residents.resident({ paidMinor: 5_000_00n });
  const page = await residents.signIn(context, eve);
  await page.goto("/my/pause");
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  await page.getByLabel("Первый день паузы").fill(daysOn(5));
  await page.getByLabel("Снова включить").fill(daysOn(9));
  await page.getByRole("button", { name: "Поставить на паузу" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "не меньше 7 дней" })).toBeVisible();
  await page.getByLabel("Снова включить").fill(daysOn(20));
  await page.getByRole("button", { name: "Поставить на паузу" }).click();
  await expect(page.getByRole("heading", { name: /^Пауза с/ })).toBeVisible();
  await page.goto("/my");
  await expect(page.getByRole("heading", { name: "Интернет работает" })).toBeVisible();
  await page.getByRole("link", { name: "Изменить" }).click();
  await page.getByRole("button", { name: "Отменить паузу" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Готово" })).toBeVisible();
  await page.getByRole("button", { name: "Поставить на паузу" }).click();
  await expect(page.getByRole("heading", { name: /^Услуги на паузе до/ })).toBeVisible();
  await page.goto("/my");
  await expect(page.getByRole("heading", { name: "Интернет на паузе по вашей просьбе" })).toBeVisible();
  await page.getByRole("link", { name: "Возобновить" }).click();
  await page.getByRole("button", { name: "Возобновить сейчас" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Готово" })).toBeVisible();
  await page.goto("/my");
  await expect(page.getByRole("heading", { name: "Интернет работает" })).toBeVisible();
});
