import { expect, test } from "@playwright/test";
import { Residents } from "./residents";

/** quality.md §1: JavaScript of the first screen, as it comes over the wire. */
const BUDGET_BYTES = 180 * 1024;

let residents: Residents;
test.beforeAll(() => {
  residents = new Residents();
});
test.afterAll(() => residents.close());

test("the first screen's JavaScript keeps within its budget", async ({ context }) => {
  const anna = await residents.resident({ paidMinor: 1_000_00n });
  const page = await residents.signIn(context, anna);
  const sizes: Promise<number>[] = [];
  page.on("requestfinished", (request) => {
    if (request.resourceType() === "script")
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  await page.goto("/my", { waitUntil: "load" });
  await expect(page.getByRole("heading", { name: "Интернет работает" })).toBeVisible();
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  test.info().annotations.push({ type: "first-screen JavaScript", description: `${bytes} bytes gzip` });
  console.log(`first screen JavaScript: ${(bytes / 1024).toFixed(1)} kB gzip in ${sizes.length} files`);
  expect(bytes).toBeGreaterThan(50 * 1024);
  expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES);
});
