import { expect, test } from "@playwright/test";
import { Residents } from "./residents";

let residents: Residents;
test.beforeAll(() => {
  residents = new Residents();
});
test.afterAll(() => residents.close());

test("an addition is on only with a tick of its own, says what it costs first, and is two taps from off", async ({
  context,
}) => {
  const anna = await residents.resident({ paidMinor: 1_000_00n });
  const name = await residents.addOn({ feeMinor: 150_00n });
  const page = await residents.signIn(context, anna);
  await page.goto("/my/services");
  await page.getByRole("button", { name: `Подключить: ${name}` }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Сейчас спишется");
  await expect(dialog.getByRole("button", { name: "Подключить" })).toBeDisabled();
  await dialog.getByRole("checkbox", { name: /150,00\s₽ в месяц/ }).check();
  await dialog.getByRole("button", { name: "Подключить" }).click();
  const on = page.getByRole("list", { name: "Подключённые опции" });
  await expect(on).toContainText(name);
  // The month of the tariff is whole by its price; the addition's is by days.
  expect(await residents.balance(anna)).toBeLessThan(350_00n);

  await page.getByRole("button", { name: `Отключить: ${name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Отключить" }).click();
  await expect(page.getByText("Опция отключена")).toBeVisible();
  await expect(page.getByRole("button", { name: `Отключить: ${name}` })).toHaveCount(0);
  await expect.poll(() => residents.balance(anna)).toBe(350_00n);
});

test("what money does not suffice for is not on, says how much is missing and leads to where it is put in", async ({
  context,
}) => {
  const anna = await residents.resident({ paidMinor: 650_00n });
  const name = await residents.addOn({ feeMinor: 100_000_00n });
  const page = await residents.signIn(context, anna);
  await page.goto("/my/services");
  await page.getByRole("button", { name: `Подключить: ${name}` }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Не хватает");
  await expect(dialog.getByRole("button", { name: "Подключить" })).toBeDisabled();
  await dialog.getByRole("link", { name: "Пополнить" }).click();
  await expect(page).toHaveURL(/\/my\/pay\?account=/);
});

test("a promo code is redeemed in place, once, and a wrong one says so", async ({ context }) => {
  const anna = await residents.resident({ paidMinor: 1_000_00n });
  const code = await residents.promoCode();
  const page = await residents.signIn(context, anna);
  await page.goto("/my/services");
  const field = page.getByRole("textbox", { name: "Промокод" });
  await field.fill("нет-такого");
  await page.getByRole("button", { name: "Применить" }).click();
  await expect(page.getByText("Такого промокода нет. Проверьте, как он написан.")).toBeVisible();
  await field.fill(code.toLowerCase());
  await page.getByRole("button", { name: "Применить" }).click();
  await expect(page.getByRole("status").filter({ hasText: `${code}: скидка 20` })).toBeVisible();
  await expect(page.getByRole("list", { name: "Скидки" })).toContainText(code);
  await field.fill(code);
  await page.getByRole("button", { name: "Применить" }).click();
  await expect(page.getByText("Этот промокод здесь уже применяли.")).toBeVisible();
});

test("a boost is paid for at once and its end is on the screen", async ({ context }) => {
  const anna = await residents.resident({ paidMinor: 1_000_00n });
  const name = await residents.boost();
  const page = await residents.signIn(context, anna);
  await page.goto("/my/services");
  await page.getByRole("button", { name: `Ускорить: ${name}` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("checkbox").check();
  await dialog.getByRole("button", { name: "Ускорить" }).click();
  await expect(page.getByText(/^До 900 Мбит\/с, работает до завтра/)).toBeVisible();
  expect(await residents.balance(anna)).toBe(300_00n);
});
