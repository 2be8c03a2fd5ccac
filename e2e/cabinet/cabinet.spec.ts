import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { Residents } from "./residents";

let residents: Residents;
test.beforeAll(() => {
  residents = new Residents();
});
test.afterAll(() => residents.close());

test("every charge opens to why it is what it is, and the lines add up to the balance", async ({ context }) => {
  const anna = await residents.resident({ paidMinor: 1_000_00n });
  const page = await residents.signIn(context, anna);
  await page.goto("/my/statement");
  const list = page.getByRole("list", { name: /^Операции по счёту/ });
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await list.getByText("почему столько").click();
  await expect(list).toContainText(anna.tariffName);
  await expect(list).toContainText(/650,00\s₽ за весь период/);
  await expect(list).toContainText(/В том числе НДС 22\s%/);
  await expect(list).toContainText(/117,21\s₽/); // 650.00 × 22 / 122 = 117.213
  await expect(list).toContainText("тарифная, версия 1");
  await list.getByText("подробнее").click();
  await expect(list).toContainText("касса оператора");
  expect(await residents.balance(anna)).toBe(350_00n);
  await expect(page.getByText(/баланс 350,00\s₽/)).toBeVisible();
});

test("a block that money does not lift says so and offers the telephone, not a payment for it", async ({ context }) => {
  const dora = await residents.resident({ paidMinor: 1_000_00n });
  await residents.block(dora, "administrative");
  const page = await residents.signIn(context, dora);
  await page.goto("/my");
  await expect(page.getByRole("heading", { name: "Интернет отключён оператором" })).toBeVisible();
  await expect(page.getByRole("link", { name: /Поддержка/ })).toHaveAttribute("href", "tel:+78001234567");
  await expect(page.getByRole("button", { name: /включится/ })).toHaveCount(0);
});

test("a pause of one's own says so", async ({ context }) => {
  const eve = await residents.resident({ paidMinor: 1_000_00n });
  await residents.block(eve, "voluntary");
  const page = await residents.signIn(context, eve);
  await page.goto("/my");
  await expect(page.getByRole("heading", { name: "Интернет на паузе по вашей просьбе" })).toBeVisible();
});

test("the chosen account is in the address and goes along from page to page", async ({ context, isMobile }) => {
  const anna = await residents.resident({ paidMinor: 1_000_00n });
  const second = await residents.secondAccount(anna);
  const page = await residents.signIn(context, anna);
  await page.goto(`/my?account=${anna.accountId}`);
  await page.getByLabel(`Лицевые счета: Л/С ${anna.accountNumber}`).click();
  await page.getByRole("link", { name: `Л/С ${second.accountNumber}` }).click();
  await expect(page).toHaveURL(`/my?account=${second.accountId}`);
  await expect(page.getByRole("heading", { name: "Услуг пока нет" })).toBeVisible();
  await page.getByRole("navigation", { name: "Разделы" }).getByRole("link", { name: "Выписка" }).click();
  await expect(page).toHaveURL(`/my/statement?account=${second.accountId}`);
  await expect(page.getByText("Операций пока нет")).toBeVisible();
  const more = page.getByRole("navigation", { name: "Разделы" });
  if (isMobile) await more.getByText("Ещё").click();
  await more.getByRole("link", { name: "Профиль" }).click();
  await expect(page.getByText(second.accountNumber).first()).toBeVisible();
});

test("signing out of another device ends it and leaves this one", async ({ context, browser, baseURL }) => {
  const anna = await residents.resident({ paidMinor: 1_000_00n });
  const elsewhere = await browser.newContext({ baseURL: baseURL ?? "" });
  const other = await residents.signIn(elsewhere, anna);
  const page = await residents.signIn(context, anna);
  await page.goto("/my/profile");
  await page.getByRole("button", { name: /^Выйти на устройстве/ }).click();
  await expect(page.getByText("на том устройстве нужно будет войти заново")).toBeVisible();
  await other.goto("/my");
  await expect(other).toHaveURL(/\/login/);
  await page.goto("/my");
  await expect(page).toHaveURL(/\/my$/);
  await elsewhere.close();
});

const ROUTES = ["/my", "/my/services", "/my/pay", "/my/statement", "/my/profile"];
for (const theme of ["light", "dark"] as const) {
  for (const locale of ["ru", "en"] as const) {
    test(`no accessibility violations and no sideways scrolling: ${theme}, ${locale}`, async ({ context, baseURL }) => {
      const anna = await residents.resident({ paidMinor: 31_67n });
      const cookies = { uzel_theme: theme, uzel_locale: locale };
      await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url: baseURL ?? "" })));
      const page = await residents.signIn(context, anna);
      for (const route of ROUTES) {
        await page.goto(route);
        await expect(page.getByRole("heading").first()).toBeAttached();
        expect(await violations(page), route).toEqual([]);
        await page.setViewportSize({ width: 320, height: 700 });
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
          route,
        ).toBeLessThanOrEqual(0);
      }
    });
  }
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}
