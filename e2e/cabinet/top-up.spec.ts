import { expect, type Page, test } from "@playwright/test";
import { Residents } from "./residents";
import { withSleepingWorker } from "./worker";

let residents: Residents;
test.beforeAll(() => {
  residents = new Residents();
});
test.afterAll(() => residents.close());

const pay = (page: Page) => page.getByRole("main").getByRole("button", { name: /^Пополнить/ });
const toTheProvider = (page: Page) => page.waitForURL((url) => !url.pathname.startsWith("/my"));

async function open(page: Page, path = "/my/pay") {
  await page.goto(path);
  await page.waitForLoadState("load");
}

test("a sum of one's own is refused in its place with the reason, kept, and paid once it is right", async ({
  context,
}) => {
  const igor = await residents.resident();
  const page = await residents.signIn(context, igor);
  await open(page);
  await page.getByRole("radio", { name: "Своя сумма" }).check();
  const sum = page.getByLabel("Сумма, ₽");
  await expect(sum).toHaveAttribute("inputmode", "decimal");
  for (const [typed, reason] of [
    ["9,99", /Меньше 10\s₽ пополнить нельзя/],
    ["250000,01", /не больше чем на 250\s000\s₽/],
    ["сто", "Введите сумму цифрами"],
  ] as const) {
    await sum.fill(typed);
    await pay(page).click();
    await expect(page.getByRole("alert").filter({ hasText: reason })).toBeVisible();
    await expect(sum).toHaveValue(typed);
  }
  expect(await residents.payments(igor)).toEqual([]);
  await sum.fill("1 250,50");
  await expect(page.getByRole("button", { name: /^Пополнить на 1\s250,50\s₽, и интернет включится$/ })).toBeVisible();
  await sum.press("Enter");
  await toTheProvider(page);
  expect((await residents.payments(igor)).map((payment) => payment.amountMinor)).toEqual([1_250_50n]);
});

test("a button pressed again and again is one payment", async ({ context }) => {
  const igor = await residents.resident();
  const page = await residents.signIn(context, igor);
  await open(page, "/my");
  await pay(page).evaluate((button: HTMLButtonElement) => {
    for (let press = 0; press < 5; press += 1) button.click();
  });
  await toTheProvider(page);
  expect(await residents.payments(igor)).toHaveLength(1);

  // The same page kept by the browser, sent once more.
  await page.goBack();
  await pay(page).click();
  await toTheProvider(page);
  expect((await residents.payments(igor)).length).toBeLessThanOrEqual(2);
});

test("without JavaScript the form pays too", async ({ browser, baseURL }) => {
  const igor = await residents.resident();
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? "" });
  const page = await residents.signIn(context, igor);
  await open(page);
  await pay(page).click();
  await page.waitForURL("**/my/pay/*");
  await page.getByRole("link", { name: "Перейти к оплате" }).click();
  await page.getByRole("button", { name: "Оплатить", exact: true }).click();
  await expect(page.getByText("Услуга включена", { exact: true })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText("карта *4477")).toBeVisible();
  await context.close();
});

test("a refused payment says why, keeps no money, and may be tried again with the same sum", async ({ context }) => {
  const igor = await residents.resident();
  const page = await residents.signIn(context, igor);
  await open(page, "/my");
  await pay(page).click();
  await toTheProvider(page);
  await page.getByRole("button", { name: "Отказаться" }).click();
  await page.waitForURL("**/my/pay/*");
  await expect(page.getByRole("heading", { name: "Платёж не прошёл" })).toBeVisible();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Деньги не списаны");
  expect(await residents.balance(igor)).toBe(0n);
  await page.getByRole("link", { name: "Попробовать ещё раз" }).click();
  await expect(page.getByLabel("Сумма, ₽")).toHaveValue("650");
});

test("when streams do not get through, the line is asked for and still arrives", async ({ context }) => {
  const igor = await residents.resident();
  const page = await residents.signIn(context, igor);
  await page.route("**/api/trpc/payments.progress**", (route) => route.abort());
  await open(page, "/my");
  await pay(page).click();
  await toTheProvider(page);
  await withSleepingWorker(async () => {
    await page.getByRole("button", { name: "Оплатить", exact: true }).click();
    await page.waitForURL("**/my/pay/*");
    await expect(page.getByText("связь прерывается")).toBeVisible();
  });
  await expect(page.getByText("Услуга включена", { exact: true })).toBeVisible();
});

test("money that is still too little is posted, and the page asks for exactly the rest", async ({ context }) => {
  const igor = await residents.resident();
  const page = await residents.signIn(context, igor);
  await open(page, "/my/pay?sum=100");
  await pay(page).click();
  await toTheProvider(page);
  await page.getByRole("button", { name: "Оплатить", exact: true }).click();
  await page.waitForURL("**/my/pay/*");
  await expect(page.getByRole("link", { name: /^Пополнить ещё на 550\s₽$/ })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Услуга включится, когда на счёте хватит денег");
});

test("a forged webhook posts nothing, whatever it claims", async ({ context, request }) => {
  const igor = await residents.resident();
  const page = await residents.signIn(context, igor);
  await open(page, "/my");
  await pay(page).click();
  await toTheProvider(page);
  const [payment] = await residents.payments(igor);
  const forged = {
    type: "notification",
    event: "payment.succeeded",
    object: {
      id: payment?.providerPaymentId,
      status: "succeeded",
      paid: true,
      amount: { value: "650.00", currency: "RUB" },
    },
  };
  const sent = await Promise.all(
    Array.from({ length: 5 }, () =>
      request.post("/api/webhooks/yookassa", { data: forged, headers: { "x-forwarded-for": "185.71.76.1" } }),
    ),
  );
  expect(sent.map((response) => response.status())).toEqual([200, 200, 200, 200, 200]);
  await expect
    .poll(async () => (await residents.payments(igor))[0]?.asks, { message: "the provider was asked" })
    .toBeGreaterThan(0);
  expect(await residents.balance(igor)).toBe(0n);
  expect((await residents.payments(igor))[0]?.state).toBe("pending");
});

test("another's account and another's payment read as pages that are not there", async ({
  context,
  browser,
  baseURL,
}) => {
  const [igor, vera] = [await residents.resident(), await residents.resident()];
  const page = await residents.signIn(context, igor);
  await open(page, "/my");
  await pay(page).click();
  await toTheProvider(page);
  const [payment] = await residents.payments(igor);
  const others = await browser.newContext({ baseURL: baseURL ?? "" });
  const stranger = await residents.signIn(others, vera);
  const missing = async (path: string) => {
    await stranger.goto(path);
    await expect(stranger.getByRole("heading", { name: "Такой страницы нет" })).toBeVisible();
  };
  await missing(`/my/pay/${payment?.id}`);
  await missing("/my/pay/01a20587-8eab-78e3-94a2-65b10a3cc9e4");
  await missing("/my/pay/x");
  await missing(`/my?account=${igor.accountId}`);
  await missing(`/my/statement?account=${igor.accountId}`);
  await missing(`/my/profile?account=${igor.accountId}`);
  await others.close();
});
