import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { Office } from "./office";

let office: Office;
test.beforeAll(() => {
  office = new Office();
});
test.afterAll(() => office.close());

const balanceOf = (page: Page) =>
  page
    .getByRole("region", { name: "Деньги" })
    .locator("div", { hasText: /^Баланс/ })
    .locator("dd");
const pill = (page: Page) => page.getByRole("heading", { level: 1 });

test("the desk shows the balance that the cabinet shows, and a payment reaches both without a reload", async ({
  context,
  browser,
  baseURL,
}) => {
  const taras = await office.person(1_000_00n);
  const desk = await office.staff(context, "support_agent");
  const own = await browser.newContext({ ...(baseURL && { baseURL }) });
  const cabinet = await office.subscriber(own, taras);
  await Promise.all([desk.goto(`/crm/${taras.accountId}`), cabinet.goto("/my")]);
  await expect(desk.locator("[data-live=on]")).toBeVisible();
  await office.pay(taras.accountId, 333_33n);
  await expect(desk.getByText("+333,33", { exact: false }).first()).toBeVisible();
  await expect(async () => {
    await cabinet.reload();
    const [here, there] = await Promise.all([balanceOf(desk).textContent(), cabinet.locator("main").textContent()]);
    const plain = (text: string | null) => (text ?? "").replaceAll(/\s/g, "");
    expect(plain(here)).toMatch(/^-?[\d]+,\d\d₽$/);
    expect(plain(there)).toContain(plain(here));
  }).toPass({ timeout: 20_000 });
  await own.close();
});

test("contacts are whole only after a reason, which stands in the log with who asked", async ({ context }) => {
  const taras = await office.person();
  const page = await office.staff(context, "support_agent");
  await page.goto(`/crm/${taras.accountId}`);
  expect(await page.content()).not.toContain(taras.phone);
  expect(await page.content()).not.toContain(taras.email);
  await page.getByRole("button", { name: "показать" }).click();
  await page.getByRole("textbox", { name: "Зачем" }).fill("перезвонить по аварии");
  await page.getByRole("button", { name: "Показать", exact: true }).click();
  await expect(page.getByRole("link", { name: taras.email })).toBeVisible();
  await page.getByRole("tab", { name: "Журнал действий" }).click();
  const log = page.getByRole("list", { name: /Кто и что сделал/ }).first();
  await expect(log.getByText("Смотрели контакты")).toBeVisible();
  await expect(log.getByText("причина: перезвонить по аварии")).toBeVisible();
  await expect(log.getByText("Олег Проверкин")).toBeVisible();
});

test("support lets a subscriber into the cabinet: the password is shown once, signs them in, and stays in no log", async ({
  context,
  browser,
  baseURL,
}) => {
  const taras = await office.person();
  const page = await office.staff(context, "support_agent");
  await page.goto(`/crm/${taras.accountId}`);
  await page.getByRole("button", { name: "Выдать доступ в кабинет" }).click();
  const dialog = page.getByRole("dialog", { name: "Доступ в кабинет" });
  await dialog.getByRole("button", { name: "Выдать доступ в кабинет" }).click();
  const password = (await dialog.getByText(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/).textContent()) ?? "";
  await dialog.getByRole("button", { name: "Готово" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Выдать новый пароль" })).toBeVisible();
  expect(await page.content()).not.toContain(password);
  await page.getByRole("tab", { name: "Журнал действий" }).click();
  await expect(page.getByText("Выдан доступ в кабинет").first()).toBeVisible();

  const own = await browser.newContext({ ...(baseURL && { baseURL }) });
  const cabinet = await own.newPage();
  await cabinet.goto("/login");
  await cabinet.getByLabel("Телефон, почта, номер договора или лицевого счёта").fill(taras.email);
  await cabinet.getByLabel("Пароль", { exact: true }).fill(password);
  await cabinet.getByRole("button", { name: "Войти", exact: true }).click();
  await cabinet.waitForURL("**/my");
  await own.close();
});

test("an account that is not there is answered 404, with words and a way back", async ({ context }) => {
  const page = await office.staff(context, "support_agent");
  for (const id of ["01890a5d-ac96-774b-bcce-b302099a8057", "nonsense"]) {
    const response = await page.goto(`/crm/${id}`);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
});

test("a block says its consequences first, shows on the colleague's open page, and is lifted on its own", async ({
  context,
  browser,
  baseURL,
}) => {
  const taras = await office.person(5_000_00n);
  const page = await office.staff(context, "support_lead");
  const second = await browser.newContext({ ...(baseURL && { baseURL }) });
  const colleague = await office.staff(second, "support_agent");
  await Promise.all([page.goto(`/crm/${taras.accountId}`), colleague.goto(`/crm/${taras.accountId}`)]);
  await expect(colleague.locator("[data-live=on]")).toBeVisible();
  await expect(pill(colleague)).toContainText("активен");

  await page.getByRole("button", { name: "Заблокировать" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Услуги отключатся в сети");
  await dialog.getByLabel("Причина для коллег").fill("жалоба соседей");
  await dialog.getByRole("button", { name: "Заблокировать" }).click();
  await expect(page.getByText("Блокировка поставлена")).toBeVisible();
  await expect(pill(page)).toContainText("заблокирован");
  await expect(pill(colleague)).toContainText("заблокирован");
  await expect(colleague.getByText("жалоба соседей").first()).toBeVisible();

  await page.getByRole("button", { name: /^Снять/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Снять блокировку" }).click();
  await expect(pill(page)).toContainText("активен");
  await expect(pill(colleague)).toContainText("активен");
  await second.close();
});

test("a personal price and a credit limit are agreed with their consequence in words, and change the next charge", async ({
  context,
}) => {
  const taras = await office.person(5_000_00n);
  const page = await office.staff(context, "billing_operator");
  await page.goto(`/crm/${taras.accountId}`);
  await page.getByRole("button", { name: /^Договориться о цене/ }).click();
  await page.getByRole("textbox", { name: /Новая цена/ }).fill("много");
  await page.getByRole("button", { name: "Назначить цену" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "цифрами" })).toBeVisible();
  await page.getByRole("textbox", { name: /Новая цена/ }).fill("499,50");
  await expect(page.getByText(/будет платить 499,50/)).toBeVisible();
  await page.getByRole("button", { name: "Назначить цену" }).click();
  await expect(page.getByText("Персональная цена назначена")).toBeVisible();
  await expect(page.getByRole("region", { name: "Деньги" })).toContainText("499,50");

  await page.getByRole("button", { name: /Кредитный лимит/ }).click();
  await page.getByRole("textbox", { name: /Новый лимит/ }).fill("300");
  await expect(page.getByText(/пока баланс не ниже −300,00/)).toBeVisible();
  await page.getByRole("button", { name: "Сохранить лимит" }).click();
  await expect(page.getByText("Кредитный лимит изменён").first()).toBeVisible();
  await expect(page.getByRole("region", { name: "Деньги" })).toContainText("300,00");
});

test("a payment asked for on the subscriber's behalf gives a link that leads to the provider", async ({ context }) => {
  const taras = await office.person();
  const page = await office.staff(context, "support_agent");
  await page.goto(`/crm/${taras.accountId}`);
  await page.getByRole("button", { name: "Выставить оплату" }).click();
  await page.getByRole("textbox", { name: /Сумма/ }).fill("5");
  await page.getByRole("button", { name: "Получить ссылку" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "От 10" })).toBeVisible();
  await page.getByRole("textbox", { name: /Сумма/ }).fill("700");
  await page.getByRole("button", { name: "Получить ссылку" }).click();
  await expect(page.getByText(/Ссылка на 700\s₽ готова/)).toBeVisible();
  const href = await page.getByRole("link", { name: "Открыть страницу оплаты" }).getAttribute("href");
  expect((await page.request.get(href ?? "")).status()).toBe(200);
  await page.getByRole("button", { name: "Готово" }).click();
  await expect(page.getByText("ждём оплату").first()).toBeVisible();
  await expect(page.getByText(/выставил\(а\) Олег Проверкин/)).toBeVisible();
});

test("an ended subscription asks twice, leaves the list of those in force and turns the account terminated", async ({
  context,
}) => {
  const taras = await office.person(5_000_00n);
  const page = await office.staff(context, "support_agent");
  await page.goto(`/crm/${taras.accountId}`);
  await page.getByRole("button", { name: /^Завершить/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Завершить подписку" }).click();
  await expect(dialog).toBeVisible();
  await dialog.getByRole("checkbox").check();
  await dialog.getByRole("button", { name: "Завершить подписку" }).click();
  await expect(page.getByText("Подписка завершена").first()).toBeVisible();
  await expect(page.getByText("1 завершённая")).toBeVisible();
  await expect(pill(page)).toContainText("расторгнут");
});

test("a manager reads everything and may press nothing", async ({ context }) => {
  const taras = await office.person(5_000_00n);
  const page = await office.staff(context, "manager");
  await page.goto(`/crm/${taras.accountId}`);
  await expect(pill(page)).toContainText(taras.name);
  for (const name of [/Заблокировать/, /Выставить/, /Договориться/, /Завершить/, /показать/, /изменить/]) {
    await expect(page.getByRole("button", { name })).toHaveCount(0);
  }
  await page.goto("/crm/01890000-0000-7000-8000-000000000000");
  await expect(page.getByText("Такого лицевого счёта нет")).toBeVisible();
});

for (const theme of ["light", "dark"]) {
  test(`list, subscriber, palette and a dialog have no accessibility violations in the ${theme} theme`, async ({
    context,
    baseURL,
  }) => {
    const taras = await office.person(1_000_00n);
    const page = await office.staff(context, "admin");
    await context.addCookies([{ name: "uzel_theme", value: theme, url: baseURL ?? "" }]);
    const check = async () => {
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
        .analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`),
      ).toEqual([]);
    };
    await page.goto("/crm");
    await check();
    await page.goto(`/crm/${taras.accountId}`);
    await expect(page.locator("[data-live=on]")).toBeVisible();
    await check();
    await page.getByRole("button", { name: "Заблокировать" }).click();
    await expect(page.getByRole("dialog")).toHaveCSS("opacity", "1");
    await check();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.getByRole("button", { name: /Найти абонента/ }).click();
    await expect(page.getByRole("combobox", { name: "Поиск и переходы" })).toBeFocused();
    await page.keyboard.type(taras.accountNumber);
    await expect(page.getByRole("option", { name: new RegExp(taras.name) })).toBeVisible();
    await check();
  });
}
