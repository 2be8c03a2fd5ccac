import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { Office } from "./office";

let office: Office;
test.beforeAll(() => {
  office = new Office();
});
test.afterAll(() => office.close());

const dayOf = (date: Date) => date.toLocaleDateString("sv-SE", { timeZone: "Europe/Moscow" });

test("a tariff is written down with its first price, sold when a second person agrees, taken off sale and sold again", async ({
  context,
  browser,
  baseURL,
}) => {
  const person = await office.person(2_000_00n);
  const mark = randomUUID().slice(0, 6);
  const [code, name] = [`new-${mark}`, `«Новый ${mark}»`];
  const author = await office.staff(context, "product_manager");
  await author.goto("/catalog");
  await author.getByRole("link", { name: "Новый тариф" }).click();

  // What is wrong is told at the field, and nothing is kept.
  const submit = author.getByRole("button", { name: "Создать и предложить цену" });
  await author.getByRole("textbox", { name: "Код", exact: true }).fill(person.tariffCode);
  await author.getByLabel("Название по-русски").fill(name);
  await author.getByLabel("Название по-английски").fill(`New ${mark}`);
  await author.getByLabel("Продаётся с").fill("2020-01-01");
  await author.getByRole("textbox", { name: /Цена за период/ }).fill("-5");
  await submit.click();
  await expect(author.getByText("Введите сумму цифрами")).toBeVisible();
  await expect(author.getByText("Скорость в Мбит/с, больше нуля.")).toHaveCount(2);
  await author.getByLabel("Скорость к абоненту").fill("700");
  await author.getByLabel("Скорость от абонента").fill("700");
  await author.getByRole("textbox", { name: /Цена за период/ }).fill("890");
  await submit.click();
  await expect(author.getByText("Тариф с таким кодом уже есть.")).toBeVisible();
  await author.getByRole("textbox", { name: "Код", exact: true }).fill(code);
  await submit.click();
  await expect(author.getByText("Дата уже прошла.")).toBeVisible();
  await author.getByLabel("Продаётся с").fill(dayOf(new Date()));
  await submit.click();
  await expect(author.getByText("Вы автор: одобряет другой человек.")).toBeVisible();
  await expect(author.getByText("ещё не продаётся: ждёт первой цены")).toBeVisible();
  await expect(author.getByRole("button", { name: "Снять с продажи" })).toHaveCount(0);
  const tariff = author.url();

  const visitor = await browser.newContext({ ...(baseURL && { baseURL }) });
  const subscriber = await office.subscriber(visitor, person);
  const offered = async () => {
    await subscriber.goto("/my/services");
    await subscriber.getByRole("link", { name: /Сменить тариф/ }).click();
    await expect(subscriber.getByRole("heading", { level: 1 })).toBeVisible();
    return subscriber.getByRole("main").getByText(name, { exact: true });
  };
  await expect(await offered()).toHaveCount(0);

  const other = await browser.newContext({ ...(baseURL && { baseURL }) });
  const second = await office.staff(other, "admin");
  await second.goto(tariff);
  await second.getByRole("button", { name: "Одобрить и опубликовать" }).click();
  await second.getByRole("dialog").getByRole("button", { name: "Одобрить и опубликовать" }).click();
  await expect(second.getByText("Цена опубликована")).toBeVisible();
  await expect(second.getByText("ещё не продаётся: ждёт первой цены")).toHaveCount(0);
  await expect(await offered()).toBeVisible();

  await second.getByRole("button", { name: "Снять с продажи" }).click();
  await second.getByRole("dialog").getByRole("button", { name: "Снять с продажи" }).click();
  await expect(second.getByText("снят с продажи", { exact: false }).first()).toBeVisible();
  await expect(second.getByRole("button", { name: "Вернуть в продажу" })).toBeVisible();
  await expect(await offered()).toHaveCount(0);
  await second.getByRole("button", { name: "Вернуть в продажу" }).click();
  await expect(second.getByRole("dialog")).toContainText(/890,00\s₽ в месяц/);
  await second.getByRole("dialog").getByRole("button", { name: "Вернуть в продажу" }).click();
  await expect(second.getByText("Тариф снова продаётся")).toBeVisible();
  await expect(await offered()).toBeVisible();
  await Promise.all([other.close(), visitor.close()]);
});

test("support is offered no new tariff", async ({ context }) => {
  const page = await office.staff(context, "support_agent");
  await page.goto("/catalog");
  await expect(page.getByRole("link", { name: "Новый тариф" })).toHaveCount(0);
  await page.goto("/catalog/new");
  await expect(page).toHaveURL(/\/forbidden/);
});
