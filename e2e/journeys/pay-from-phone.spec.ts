import { expect, type Page, test } from "@playwright/test";
import { askRadius } from "../cabinet/radclient";
import { PASSWORD, Residents } from "../cabinet/residents";
import { withSleepingWorker } from "../cabinet/worker";

let residents: Residents;
test.beforeAll(() => {
  residents = new Residents();
});
test.afterAll(() => residents.close());

const line = (page: Page) => page.getByRole("list", { name: "Ход платежа" });

/** Marks the document: a page that was loaded anew has lost the mark. */
const mark = (page: Page) => page.evaluate(() => Object.assign(window, { uzelMark: true }));
const isMarked = (page: Page) => page.evaluate(() => "uzelMark" in window);

test("closed for money, a subscriber pays and sees the service come on, and the network agrees", async ({ page }) => {
  const igor = await residents.resident({ paidMinor: 31_67n });
  await expect
    .poll(() => askRadius(igor.line), { message: "before: the walled garden" })
    .toMatchObject({ code: "Access-Accept", access: { state: "walled" } });

  await page.goto("/my");
  await page.getByLabel("Телефон, почта, номер договора или лицевого счёта").fill(igor.phone);
  await page.getByLabel("Пароль", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Войти", exact: true }).click();
  await page.waitForURL("**/my");
  await expect(page.getByRole("region", { name: "Баланс" })).toContainText("31,67");
  await expect(page.getByRole("heading", { name: "Интернет приостановлен" })).toBeVisible();

  // 650.00 − 31.67 = 618.33, up to a ruble
  await page.getByRole("button", { name: /^Пополнить на 619\s₽, и интернет включится$/ }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/my"));
  await withSleepingWorker(async () => {
    await page.getByRole("button", { name: "Оплатить", exact: true }).click();
    await page.waitForURL("**/my/pay/*");
    await expect(line(page).getByRole("listitem").first()).toContainText("Ждём подтверждения оплаты");
    await mark(page);
  });
  await expect(line(page).getByRole("listitem").nth(0)).toContainText("Платёж получен");
  await expect(line(page).getByRole("listitem").nth(1)).toContainText("Зачислен на счёт");
  await expect(line(page).getByRole("listitem").nth(2)).toContainText("Услуга включена");
  expect(await isMarked(page)).toBe(true);

  expect(await askRadius(igor.line)).toEqual({
    code: "Access-Accept",
    access: { state: "active", downKbps: igor.downKbps, upKbps: igor.downKbps },
  });
  expect(await residents.balance(igor)).toBe(67n); // 31.67 + 619.00 − 650.00

  await page.getByRole("main").getByRole("link", { name: "На главную" }).click();
  await expect(page.getByRole("region", { name: "Баланс" })).toContainText("0,67");
  await expect(page.getByRole("heading", { name: "Интернет работает" })).toBeVisible();
  await expect(page.getByRole("list", { name: "Последние операции" })).toContainText("+619,00");
});

test("the first screen that is open meanwhile changes by itself", async ({ context }) => {
  const vera = await residents.resident({ paidMinor: 100_00n });
  const page = await residents.signIn(context, vera);
  const stream = page.waitForRequest("**/api/trpc/cabinet.changes**");
  await page.goto("/my");
  await expect(page.getByRole("heading", { name: "Интернет приостановлен" })).toBeVisible();
  await (await stream).response();
  await mark(page);
  await residents.pay(vera.accountId, 1_000_00n);
  await expect(page.getByRole("heading", { name: "Интернет работает" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Баланс" })).toContainText("450,00");
  expect(await isMarked(page)).toBe(true);
});

test("essential things fit the first screen of a phone without scrolling", async ({ context, isMobile }) => {
  const igor = await residents.resident({ paidMinor: 31_67n });
  const page = await residents.signIn(context, igor);
  await page.goto("/my");
  const { height } = page.viewportSize() ?? { height: 0 };
  const fold = isMobile ? height - 66 : height;
  for (const part of [
    page.getByRole("region", { name: "Баланс" }),
    page.getByRole("button", { name: /^Пополнить на/ }),
    page.getByRole("heading", { name: "Интернет приостановлен" }),
  ]) {
    const box = await part.boundingBox();
    expect((box?.y ?? fold) + (box?.height ?? 0)).toBeLessThanOrEqual(fold);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
});
