import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditLog } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { billAccounts } from "@/server/domain/runs";
import { endSubscription, placeBlock, startSubscriptions } from "@/server/domain/subscriptions";
import type { Context } from "@/server/platform/context";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";
import { countAccounts, exportAccounts, type ListAccountsInput, listAccounts } from "..";

let database: TestDatabase;
let world: World;
let agent: Context;
let people: Record<"active" | "indebted" | "paused" | "left" | "changed", Subscriber>;

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-09-01");
  agent = world.asStaff("support_agent");
  const [fast, slow] = [await world.tariff({ code: "fast" }), await world.tariff({ code: "slow", feeMinor: 300_00n })];
  const named = (name: string, tariffId: string) => world.subscriber({ name, tariffId });
  people = {
    active: await named("Анна Кравцова", fast),
    indebted: await named("Борис Зайцев", fast),
    paused: await named("Вера Ёлкина", slow),
    left: await named("Глеб Орлов", slow),
    changed: await named("Дина Ли", slow),
  };
  await world.pay(people.active.accountId, 5_000_00n);
  await world.pay(people.left.accountId, 5_000_00n);
  await billAccounts(world.ctx, { accountIds: Object.values(people).map((person) => person.accountId) });
  await placeBlock(world.ctx, { accountId: people.paused.accountId, reason: "voluntary", note: "отпуск" });
  world.travelTo("2026-10-15");
  await billAccounts(world.ctx, { accountIds: [people.active.accountId, people.left.accountId] });
  const { accountId, subscriptionId } = people.left;
  await endSubscription(world.ctx, { accountId, subscriptionId, endedOn: "2026-10-15", reason: "moved" });
});
afterAll(() => database.close());

const found = async (input: ListAccountsInput, ctx = agent) =>
  (await listAccounts(ctx, input)).accounts.map((account) => account.customerName);

describe("what the list is narrowed to", () => {
  test.each([
    [{ state: "active" }, ["Анна Кравцова", "Борис Зайцев", "Вера Ёлкина", "Дина Ли"]],
    [{ state: "blocked" }, ["Борис Зайцев", "Вера Ёлкина", "Дина Ли"]],
    [{ state: "terminated" }, ["Глеб Орлов"]],
    [{ tariff: "fast" }, ["Анна Кравцова", "Борис Зайцев"]],
    [{ tariff: "slow" }, ["Вера Ёлкина", "Глеб Орлов", "Дина Ли"]],
    [{ tariff: "slow", state: "terminated" }, ["Глеб Орлов"]],
    [{ endedFrom: "2026-10-01", endedTo: "2026-10-31" }, ["Глеб Орлов"]],
    [{ endedFrom: "2026-10-16" }, []],
    [{ endedTo: "2026-10-14" }, []],
    [{ endedFrom: "2026-10-15", endedTo: "2026-10-15", tariff: "slow" }, ["Глеб Орлов"]],
    [{ endedFrom: "2026-10-15", tariff: "fast" }, []],
    [{ chargedIn: "2026-09" }, ["Анна Кравцова", "Глеб Орлов"]],
    [{ chargedIn: "2026-10", tariff: "fast" }, ["Анна Кравцова"]],
    [{ chargedIn: "2026-08" }, []],
    [{ startedFrom: "2026-09-02" }, []],
    [{ startedTo: "2026-09-01", query: "крав" }, ["Анна Кравцова"]],
    [{ query: "елкина" }, ["Вера Ёлкина"]],
    [{ query: "лесная", state: "terminated" }, ["Глеб Орлов"]],
    [{ query: "а" }, []],
  ] as const)("%j leaves %j", async (filter, names) => {
    expect(await found(filter)).toEqual(names);
    expect(await countAccounts(agent, filter)).toBe(names.length);
  });

  test("someone who changed the tariff has not left, and is found by the new one alone", async () => {
    const { accountId, subscriptionId } = people.changed;
    const next = await world.tariff({ code: "newest" });
    await endSubscription(world.ctx, { accountId, subscriptionId, endedOn: "2026-10-15", reason: "replaced" });
    await startSubscriptions(world.ctx, [{ accountId, tariffId: next, startedOn: "2026-10-15" }]);
    expect(await found({ tariff: "newest" })).toEqual(["Дина Ли"]);
    expect(await found({ tariff: "slow" })).toEqual(["Вера Ёлкина", "Глеб Орлов"]);
    expect(await found({ endedFrom: "2026-10-01" })).toEqual(["Глеб Орлов"]);
  });

  test("a row carries the balance, the tariff held last and when it ended", async () => {
    const [row] = (await listAccounts(agent, { state: "terminated" })).accounts;
    expect(row).toMatchObject({
      balanceMinor: 4_400_00n, // 5,000.00 − 300.00 × 2
      endedOn: "2026-10-15",
      state: "terminated",
      tariffs: [{ nameRu: "«slow»", nameEn: "slow" }],
      address: "Пермь, ул. Лесная, 4, кв. 1",
    });
  });
});

describe("pages", () => {
  test.each(["name", "number", "balance", "opened"] as const)(
    "by %s, walked forward and back, show every account once in one order",
    async (sort) => {
      for (const descending of [false, true]) {
        const all = await found({ sort, descending, limit: 200 });
        const forward: string[] = [];
        const places: number[] = [];
        let page = await listAccounts(agent, { sort, descending, limit: 2 });
        for (;;) {
          forward.push(...page.accounts.map((account) => account.customerName));
          places.push(page.from);
          if (!page.after) break;
          page = await listAccounts(agent, { sort, descending, limit: 2, after: page.after });
        }
        expect(forward).toEqual(all);
        expect(places).toEqual([1, 3, 5]);
        const back: string[] = [];
        while (page.before) {
          page = await listAccounts(agent, { sort, descending, limit: 2, before: page.before });
          back.unshift(...page.accounts.map((account) => account.customerName));
        }
        expect(back).toEqual(all.slice(0, 4));
        expect(page.from).toBe(1);
      }
    },
  );

  test.each(["nonsense", "W10", Buffer.from('["1; drop","x",1]').toString("base64url")])(
    "the page address %s is refused in words",
    async (after) => {
      await expect(listAccounts(agent, { after })).rejects.toMatchObject({ kind: "invalid", reason: "page.malformed" });
    },
  );

  test("a page address of another order is refused, not cast", async () => {
    const { after } = await listAccounts(agent, { sort: "name", limit: 1 });
    await expect(listAccounts(agent, { sort: "balance", after: after ?? "" })).rejects.toMatchObject({
      reason: "page.malformed",
    });
  });
});

describe("who may", () => {
  test("a subscriber may neither list, count nor take the list away", async () => {
    const subscriber = world.asSubscriber(people.active.customerId);
    for (const call of [listAccounts, countAccounts, exportAccounts]) {
      await expect(call(subscriber, {})).rejects.toMatchObject({ kind: "forbidden" });
    }
  });

  test("an export holds exactly the filtered rows in their order and is written to the audit", async () => {
    const filter = { state: "blocked", sort: "name", descending: true } as const;
    const names: string[] = [];
    for await (const page of await exportAccounts(agent, filter)) {
      names.push(...page.map((account) => account.customerName));
    }
    expect(names).toEqual(await found(filter));
    const [row] = await database.db.select().from(auditLog).where(sql`action = 'account.export'`);
    expect(row?.after).toMatchObject(filter);
  });
});
