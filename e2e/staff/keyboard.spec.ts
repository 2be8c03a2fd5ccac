import { expect, test } from "@playwright/test";
import { Office, type Person } from "./office";

let office: Office;
let taras: Person;
test.beforeAll(async () => {
  office = new Office();
  taras = await office.person();
});
test.afterAll(() => office.close());

test("from any page to a subscriber, a section and back without a mouse", async ({ context }) => {
  const page = await office.staff(context, "admin");
  await page.goto("/crm");
  const palette = page.getByRole("dialog", { name: "Поиск и переходы" });

  const typing = palette.getByRole("combobox");

  await expect(async () => {
    await page.keyboard.press("/");
    await expect(typing).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.type(taras.accountNumber);
  await expect(palette.getByRole("option", { name: new RegExp(taras.name) })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/crm/${taras.accountId}$`));
  await expect(page.getByRole("heading", { level: 1, name: new RegExp(taras.name) })).toBeVisible();

  await page.keyboard.press("Control+k");
  await expect(typing).toBeFocused();
  await page.keyboard.type("Карта");
  await expect(palette.getByRole("option", { name: "Карта связей" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(palette).toBeHidden();

  await page.keyboard.press("Control+k");
  await expect(typing).toBeFocused();
  await page.keyboard.type(taras.email);
  await expect(palette.getByRole("option")).toHaveCount(2);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/crm\?q=/);
  await expect(page.getByRole("link", { name: taras.name })).toBeVisible();

  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Клавиши" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("letters typed into a field stay letters, and a phone number in the palette is masked", async ({ context }) => {
  const page = await office.staff(context, "support_agent");
  await page.goto("/crm");
  await page.getByRole("searchbox").focus();
  await page.keyboard.type("ул/14?");
  await expect(page.getByRole("searchbox")).toHaveValue("ул/14?");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox", { name: "Поиск и переходы" })).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.type(taras.phone);
  const option = page.getByRole("option", { name: new RegExp(taras.name) });
  await expect(option).toContainText("···");
  await expect(option).not.toContainText(taras.phone.slice(-7, -2));
});
