import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, expect, it } from "vitest";
import { createYookassaGateway } from "../client";

const MAIN = join(import.meta.dirname, "main.ts");
const SHOP = { shopId: "100500", secretKey: "test_secret" };
const children: ChildProcess[] = [];
const directory = mkdtempSync(join(tmpdir(), "fake-yookassa-main-"));

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(directory, { recursive: true, force: true });
});

function start(args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, ["--import", "tsx", MAIN, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  return child;
}

async function startReady(): Promise<{ child: ChildProcess; apiUrl: string; publicUrl: string }> {
  const state = join(directory, "state.jsonl");
  const child = start([
    ...["--port", "0", "--webhook-url", "http://127.0.0.1:9/", "--state-file", state],
    ...["--shop-id", SHOP.shopId, "--secret-key", SHOP.secretKey, "--public-url", "http://pay.example:81"],
  ]);
  if (!child.stdout) throw new Error("no stdout");
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const ready = JSON.parse(line) as { ready: boolean; apiUrl: string; publicUrl: string };
  expect(ready.ready).toBe(true);
  return { child, ...ready };
}

it("as a process of its own: survives kill -9 with its payments, and stops cleanly on SIGTERM", async () => {
  const first = await startReady();
  const asked = {
    idempotenceKey: "key-1",
    amountMinor: 50_000n,
    currency: "RUB" as const,
    description: "Пополнение",
    returnUrl: "http://127.0.0.1:9/",
    metadata: {},
    receipt: null,
  };
  const before = await createYookassaGateway({ ...SHOP, apiUrl: first.apiUrl, timeoutMs: 5_000 }).createPayment(asked);
  expect(before.confirmationUrl).toBe(`http://pay.example:81/checkout/${before.id}`);
  first.child.kill("SIGKILL");
  await once(first.child, "exit");

  const second = await startReady();
  const gateway = createYookassaGateway({ ...SHOP, apiUrl: second.apiUrl, timeoutMs: 5_000 });
  expect((await gateway.createPayment(asked)).id).toBe(before.id);
  second.child.kill("SIGTERM");
  expect(await once(second.child, "exit")).toEqual([0, null]);
}, 30_000);

it("names what is missing on its command line", async () => {
  const child = start(["--port", "0"]);
  let errors = "";
  child.stderr?.on("data", (chunk) => {
    errors += String(chunk);
  });
  const [code] = await once(child, "close");
  expect(code).toBe(1);
  expect(errors).toContain("usage: main.ts --port N");
}, 30_000);
