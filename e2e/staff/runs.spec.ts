import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { addMonths, dayIn, monthStart } from "@/server/kernel/day";
import { Office, type Person } from "./office";

let office: Office;
let debtor: Person;
test.beforeAll(async () => {
  office = new Office();
  await office.person(2_000_00n, lastMonth());
  debtor = await office.person(10_00n, lastMonth());
});
test.afterAll(() => office.close());

const thisMonth = () => monthStart(dayIn(new Date(), "Europe/Moscow"));
const lastMonth = () => addMonths(thisMonth(), -1);

/** Presses a button of the run and agrees to what its dialog says. */
async function act(page: Page, button: string, submit: string): Promise<void> {
  await page.getByRole("button", { name: button, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: submit, exact: true }).click();
  await expect(dialog).toHaveCount(0);
}

const accessible = async (page: Page) =>
  expect((await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa"]).analyze()).violations).toEqual([]);

/** Turns the list's pages until it names the person: everybody whose money does not suffice is in it, the newest last. */
async function turnTo(page: Page, table: string, name: string) {
  const list = page.getByRole("table", { name: table });
  const next = page.getByRole("link", { name: "Дальше" });
  await expect(list).toBeVisible();
  while (!(await list.textContent())?.includes(name) && (await next.isVisible())) {
    const before = page.url();
    await next.click();
    await expect(page).not.toHaveURL(before);
    await expect(list).toBeVisible();
  }
  await expect(list).toContainText(name);
}

test("a month is opened by one person, previewed, approved by another, charged and closed; whose money does not suffice is in it by name", async ({
  context,
  browser,
  baseURL,
}) => {
  const author = await office.staff(context, "billing_operator");
  await author.goto("/billing/runs");
  await author.getByRole("button", { name: "Открыть расчёт" }).click();
  await author.getByRole("dialog").getByLabel("Месяц").selectOption(lastMonth().slice(0, 7));
  await author.getByRole("dialog").getByRole("button", { name: "Открыть", exact: true }).click();
  await expect(author).toHaveURL(/\/billing\/runs\/[0-9a-f-]{36}$/);
  await act(author, "Посмотреть", "Посчитать");
  await expect(author.getByText("Ждёт подтверждения")).toBeVisible();
  await expect(author.getByText("подтвердить его должен другой человек")).toBeVisible();
  await expect(author.getByRole("button", { name: "Подтвердить" })).toHaveCount(0);
  await accessible(author);

  // Without money nothing is charged, and whose money it is stands in the list by name.
  await author
    .getByRole("navigation", { name: "На что посмотреть" })
    .getByRole("link", { name: /Не хватило/ })
    .click();
  await turnTo(author, "Не хватило денег", debtor.name);

  const other = await browser.newContext({ ...(baseURL && { baseURL }) });
  const second = await office.staff(other, "admin");
  await second.goto(author.url());
  await act(second, "Подтвердить", "Подтвердить");
  await expect(second.getByText("Подтверждён", { exact: true })).toBeVisible();
  await act(second, "Провести", "Провести");
  await expect(second.getByText("Проведён", { exact: true })).toBeVisible();
  await accessible(second);
  await act(second, "Закрыть", "Сверить и закрыть");
  await expect(second.getByText("Закрыт", { exact: true })).toBeVisible();
  await expect(second.getByRole("button", { name: "Отменить" })).toHaveCount(0);

  const path = new URL(second.url()).pathname;
  await second.goto("/billing/runs");
  const row = second.getByRole("row").filter({ has: second.locator(`a[href="${path}"]`) });
  await expect(row).toContainText("Закрыт");
  await accessible(second);
  await other.close();
});

test("a month that lasts is charged and waits for its end to be closed", async ({ context, browser, baseURL }) => {
  const author = await office.staff(context, "billing_operator");
  await author.goto("/billing/runs");
  await author.getByRole("button", { name: "Открыть расчёт" }).click();
  await author.getByRole("dialog").getByLabel("Месяц").selectOption(thisMonth().slice(0, 7));
  await author.getByRole("dialog").getByRole("button", { name: "Открыть", exact: true }).click();
  await act(author, "Посмотреть", "Посчитать");
  await expect(author.getByText("Ждёт подтверждения")).toBeVisible();
  const other = await browser.newContext({ ...(baseURL && { baseURL }) });
  const second = await office.staff(other, "admin");
  await second.goto(author.url());
  await act(second, "Подтвердить", "Подтвердить");
  await act(second, "Провести", "Провести");
  await expect(second.getByText("Проведён", { exact: true })).toBeVisible();
  await expect(second.getByText("Закрыть расчёт можно, когда месяц кончится")).toBeVisible();
  await expect(second.getByRole("button", { name: "Закрыть", exact: true })).toHaveCount(0);
  await other.close();
});

test("a manager reads runs and is offered nothing to do to them", async ({ context }) => {
  const page = await office.staff(context, "manager");
  await page.goto("/billing/runs");
  await expect(page.getByRole("heading", { level: 1, name: "Расчёты" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Открыть расчёт" })).toHaveCount(0);
});
