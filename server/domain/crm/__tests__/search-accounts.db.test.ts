import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import type { Context } from "@/server/platform/context";
import { createWorld } from "@/server/scenarios/world";
import { listAccounts, registerSubscribers, searchAccounts } from "..";

let database: TestDatabase;
let agent: Context;

beforeAll(async () => {
  database = await testDatabase();
  const world = await createWorld(database.db, "2026-09-01");
  agent = world.asStaff("support_agent");
  const person = (name: string, accountNumber: string, contractNumber: string, phone: string | null = null) => ({
    kind: "person" as const,
    name,
    accountNumber,
    contractNumber,
    phone,
    openedOn: world.today(),
  });
  await registerSubscribers(world.ctx, [
    person("Яна по счёту", "77 100", "Д-1"),
    person("Юрий по договору", "88100", "77100"),
    person("Эмма по телефону", "88101", "Д-3", "+79120077100"),
    // More than are considered, all of them before the one that is meant.
    ...Array.from({ length: 450 }, (_, at) => person(`Анна ${at}`, `77100${at + 1000}`, `А-${at}`)),
  ]);
});
afterAll(() => database.close());

const found = async (query: string, limit = 8) =>
  (await searchAccounts(agent, { query, limit })).map((account) => account.customerName);

describe("a number typed whole", () => {
  test("of an account is the first hit, then of a contract, however many begin with it", async () => {
    const [first, second, ...others] = await found("77100");
    expect([first, second]).toEqual(["Яна по счёту", "Юрий по договору"]);
    expect(others).toHaveLength(6);
  });

  test.each([
    ["77-100", "Яна по счёту"],
    ["88100", "Юрий по договору"],
    ["д 3", "Эмма по телефону"],
    ["8 912 007-71-00", "Эмма по телефону"],
  ])("«%s» finds «%s» first", async (typed, name) => {
    expect((await found(typed))[0]).toBe(name);
  });

  test.each([false, true])(
    "stands first in the list too (descending: %s), whose pages lose nobody",
    async (descending) => {
      const names: string[] = [];
      let after: string | undefined;
      do {
        const page = await listAccounts(agent, { query: "77100", descending, limit: 100, ...(after && { after }) });
        names.push(...page.accounts.map((account) => account.customerName));
        after = page.after ?? undefined;
      } while (after);
      expect(names.slice(0, 2)).toEqual(["Яна по счёту", "Юрий по договору"]);
      expect(new Set(names).size).toBe(452);
    },
  );
});
