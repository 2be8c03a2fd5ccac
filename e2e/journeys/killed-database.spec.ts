import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "@playwright/test";
import { stack } from "../fixtures/stack";

const postmaster = () => {
  const file = join(dirname(process.env.UZEL_E2E_STACK ?? ""), "postgres", "postmaster.pid");
  return Number(readFileSync(file, "utf8").split("\n")[0]);
};

test("a database killed -9 is back by itself, and web and worker with it, on the same address", async ({ request }) => {
  const [killed, before] = [postmaster(), stack()];
  process.kill(killed, "SIGKILL");
  await expect(async () => {
    const response = await request.get("/api/health");
    expect(await response.json()).toMatchObject({ status: "ok", database: "up" });
    expect(postmaster()).not.toBe(killed);
  }).toPass();
  expect(stack()).toMatchObject({ url: before.url, database: before.database });
  await expect((await request.get("/login")).status()).toBe(200);
});
