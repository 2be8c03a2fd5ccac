import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { totpCode } from "@/server/domain/identity/rules/totp";
import { PASSWORD, People } from "./people";

let people: People;
test.beforeAll(() => {
  people = new People();
});
test.afterEach(() => people.forgetAttempts());
test.afterAll(() => people.close());

const identifier = (page: Page) => page.getByLabel("Телефон, почта, номер договора или лицевого счёта");
const password = (page: Page) => page.getByLabel("Пароль", { exact: true });
const submit = (page: Page) => page.getByRole("button", { name: "Войти", exact: true });

async function enter(page: Page, login: string, word: string = PASSWORD): Promise<void> {
  await identifier(page).fill(login);
  await password(page).fill(word);
  await submit(page).click();
}

test("a wrong password is told in its place, and the right one leads home, by keyboard alone", async ({ page }) => {
  const { phone } = await people.subscriber();
  await page.goto("/login");
  await identifier(page).focus();
  await page.keyboard.type(`8 (999) ${phone.slice(5, 8)}-${phone.slice(8, 10)}-${phone.slice(10)}`);
  await page.keyboard.press("Tab");
  await page.keyboard.type("wrong");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Такой пары логина и пароля нет.")).toBeVisible();
  await expect(password(page)).toHaveAttribute("aria-invalid", "true");
  await expect(identifier(page)).not.toHaveValue("");
  await password(page).fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/my");
});

test("an empty field is told in the reader's language, not in the browser's", async ({ page }) => {
  await page.goto("/login");
  await submit(page).click();
  await expect(page.getByText("Введите пароль.")).toBeVisible();
  await expect(page.getByText("Введите телефон, почту, номер договора или лицевого счёта.")).toBeVisible();
  await expect(identifier(page)).toBeFocused();
});

test("too many attempts say how long to wait", async ({ page }) => {
  const { phone } = await people.subscriber();
  await page.goto("/login");
  for (let index = 0; index < 10; index += 1) {
    const answered = page.waitForResponse("**/api/auth/callback/credentials");
    await enter(page, phone, "wrong");
    await answered;
    await expect(submit(page)).toBeEnabled();
  }
  await enter(page, phone);
  await expect(page.getByText("Попробуйте через 15 минут.")).toBeVisible();
});

test("a session that ended says so, and signing in leads back to where one was", async ({ page }) => {
  const { phone } = await people.subscriber();
  await page.goto("/my/statement");
  await expect(page).toHaveURL(/\/login\?next=%2Fmy%2Fstatement$/);
  await enter(page, phone);
  await page.waitForURL("**/my/statement");
  await people.sql`
    update sessions set last_seen_at = now() - interval '31 days'
    where user_id = (select user_id from login_identifiers where value = ${phone})`;
  await page.goto("/my/profile");
  await expect(page.getByText("Сеанс закончился.")).toBeVisible();
  await enter(page, phone);
  await page.waitForURL("**/my/profile");
});

test("a second factor is set up by its key, asked for from then on, and a wrong code is told in its place", async ({
  page,
}) => {
  const email = await people.staff("support_lead");
  await page.goto("/login");
  await enter(page, email);
  await page.waitForURL((url) => !url.pathname.startsWith("/login"));
  await page.goto("/login/second-factor");
  await page.getByRole("button", { name: "Показать ключ" }).click();
  const link = await page.getByRole("link", { name: "Открыть в приложении" }).getAttribute("href");
  const secret = new URL(link ?? "").searchParams.get("secret") ?? "";
  const code = page.getByLabel("Код из приложения");
  await code.fill("000000");
  await page.getByRole("button", { name: "Включить" }).click();
  await expect(page.getByText("Код не подошёл.")).toBeVisible();
  await code.fill(totpCode(secret, Date.now() - 30_000));
  await page.getByRole("button", { name: "Включить" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/login"));
  await page.context().clearCookies({ name: "uzel.session" });
  await page.goto("/login");
  await enter(page, email);
  await expect(code).toBeFocused();
  await code.fill(totpCode(secret, Date.now()));
  await submit(page).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/login"));
});

test("signing out by the button of the page leads to the door, for the browser's way back too", async ({ page }) => {
  const email = await people.staff("support_agent");
  await page.goto("/login");
  await enter(page, email);
  await page.waitForURL((url) => !url.pathname.startsWith("/login"));
  await page.goto("/forbidden");
  await page.getByRole("button", { name: "Выйти" }).click();
  await page.waitForURL("**/login");
  await page.goto("/crm");
  await expect(page).toHaveURL(/\/login/);
});

for (const theme of ["light", "dark"] as const) {
  for (const locale of ["ru", "en"] as const) {
    test(`the pages of signing in have no barrier that axe knows: ${theme}, ${locale}`, async ({ page, baseURL }) => {
      await page.context().addCookies([
        { name: "uzel_locale", value: locale, url: baseURL ?? "" },
        { name: "uzel_theme", value: theme, url: baseURL ?? "" },
      ]);
      await page.emulateMedia({ colorScheme: theme });
      for (const path of ["/login?ended=1", "/forbidden"]) {
        await page.goto(path);
        const { violations } = await new AxeBuilder({ page })
          .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
          .analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
      }
    });
  }
}
