import { expect, test } from "@playwright/test";
import { Office, type Person } from "./office";

let office: Office;
let taras: Person;
test.beforeAll(async () => {
  office = new Office();
  taras = await office.person(5_000_00n);
});
test.afterAll(() => office.close());

const kinds: [string, (person: Person) => string][] = [
  ["phone as it is said, with an eight", ({ phone }) => phone.replace("+7", "8")],
  ["the last seven digits of the phone", ({ phone }) => phone.slice(-7)],
  ["account number", ({ accountNumber }) => accountNumber],
  ["contract number", ({ contractNumber }) => contractNumber],
  ["name without its ё", ({ name }) => name.replace("ё", "е").toLowerCase()],
  ["address", ({ street }) => `${street} 14 37`],
  ["e-mail", ({ email }) => email],
];

test("a subscriber is found by any of the words people say", async ({ context }) => {
  const page = await office.staff(context, "support_agent");
  await page.goto("/crm");
  for (const [kind, words] of kinds) {
    await test.step(kind, async () => {
      await page.getByRole("searchbox").fill(words(taras));
      await page.getByRole("searchbox").press("Enter");
      await expect(page).toHaveURL(new RegExp(`q=${encodeURIComponent(words(taras)).slice(0, 6)}`));
      await expect(page.getByRole("link", { name: taras.name })).toBeVisible();
      await expect(page.getByText("1 лицевой счёт", { exact: true })).toBeVisible();
    });
  }
  await page.getByRole("searchbox").fill("никогоздесьнет");
  await page.getByRole("searchbox").press("Enter");
  await expect(page.getByText("Никого не нашли")).toBeVisible();
});

test("filters stand in the address as chips, come off one by one, and the file holds exactly the list", async ({
  context,
}) => {
  const page = await office.staff(context, "billing_operator");
  await page.goto(`/crm?tariff=${taras.tariffCode}&state=active&q=${taras.accountNumber}`);
  const chips = page.getByRole("list", { name: "Отбор" });
  await expect(chips.getByRole("listitem")).toHaveCount(4);
  await expect(page.getByRole("row")).toHaveCount(2);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Скачать CSV" }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
  const lines = Buffer.concat(chunks).toString("utf8").trimEnd().split("\r\n");
  expect(lines[0]).toMatch(/^\uFEFFАбонент;Л\/С;/);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(`${taras.name};${taras.accountNumber};${taras.contractNumber};`);

  await chips.getByRole("link", { name: /Убрать отбор: Действующие/ }).click();
  await expect(page).not.toHaveURL(/state=/);
  await expect(page).toHaveURL(/tariff=/);
  await page.getByRole("link", { name: "Заблокированные" }).click();
  await expect(page.getByText("Никого не нашли")).toBeVisible();
});

test("an old page address says so and leads back to the list", async ({ context }) => {
  const page = await office.staff(context, "support_agent");
  await page.goto("/crm?after=bm9uc2Vuc2U");
  await page.getByRole("link", { name: "Открыть список с начала" }).click();
  await expect(page).toHaveURL(/\/crm$/);
});

test("the office is closed to subscribers and to strangers, the file too", async ({ context, browser }) => {
  const page = await office.subscriber(context, taras);
  for (const path of ["/crm", `/crm/${taras.accountId}`]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/forbidden$/);
  }
  expect((await page.request.get("/crm/export")).status()).toBe(403);
  const stranger = await browser.newContext();
  const other = await stranger.newPage();
  await other.goto(`/crm/${taras.accountId}`);
  await expect(other).toHaveURL(/\/login/);
  expect((await other.request.get("/crm/export")).status()).toBe(401);
  await stranger.close();
});
