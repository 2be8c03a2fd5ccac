import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { trpcWorld } from "@/server/api/__tests__/trpc-world";
import { createCaller } from "@/server/api/root";
import { createServices, refreshServices } from "@/server/domain/provisioning";
import { billAccounts } from "@/server/domain/runs";
import { placeBlock } from "@/server/domain/subscriptions";
import { addDays, dayIn } from "@/server/kernel/day";
import { createWorld, type Subscriber, type World, ZONE } from "@/server/scenarios/world";

let database: TestDatabase;
let world: World;
let web: ReturnType<typeof trpcWorld>;
let anna: Subscriber;
const real = () => dayIn(new Date(), ZONE);

beforeAll(async () => {
  database = await testDatabase();
  web = trpcWorld(database);
  world = await createWorld(database.db, addDays(real(), -120));
  anna = await world.subscriber({ tariffId: await world.tariff({ feeMinor: 650_00n }) });
});
afterAll(() => database.close());

const callerOf = async (who: Subscriber) => createCaller(await web.signedIn("subscriber", who.customerId));

/** Lives the days up to today: charges on each, as the daily job does. */
async function live(who: Subscriber, topUpMinor: bigint) {
  for (let day = world.today(); day <= real(); day = addDays(day, 1)) {
    world.travelTo(day);
    if (day.endsWith("-01")) await world.pay(who.accountId, topUpMinor);
    await billAccounts(world.ctx, { accountIds: [who.accountId] });
  }
}

describe("the first screen", () => {
  test("says what the billing code says, with the reason of every charge, and adds up", async () => {
    await world.pay(anna.accountId, 2_000_00n);
    await live(anna, 700_00n);
    const home = await (await callerOf(anna)).cabinet.home({});
    const statement = await (await callerOf(anna)).cabinet.operations({ limit: 100 });
    expect(home.money.balanceMinor).toBe(statement.operations.reduce((sum, row) => sum + row.effectMinor, 0n));
    expect(home.account.number).toBe(anna.accountNumber);
    expect(home.service.kind).toBe("connected");
    expect(home.latest).toHaveLength(5);
    for (const row of statement.operations) {
      if (row.kind === "payment") expect(row.payment?.provider).toBe("office");
      else expect(row.charge).toMatchObject({ amountMinor: -row.effectMinor, vatPercent: 22 });
    }
  });

  test("pages of the statement lose nothing and repeat nothing, money posted late included", async () => {
    const caller = await callerOf(anna);
    await world.pay(anna.accountId, 11_00n);
    world.travelTo(addDays(real(), -40));
    await world.pay(anna.accountId, 12_00n);
    world.travelTo(real());
    const whole = await caller.cabinet.operations({ limit: 100 });
    for (const limit of [1, 2, 3]) {
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await caller.cabinet.operations({ limit, ...(cursor && { cursor }) });
        expect(page.operations.length).toBeLessThanOrEqual(limit);
        ids.push(...page.operations.map((row) => row.id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect(ids).toEqual(whole.operations.map((row) => row.id));
    }
    const days = whole.operations.map((row) => row.bookedOn);
    expect(days).toEqual([...days].sort().reverse());
  });

  test("asks the database no question twice for one look", async () => {
    const asked: string[] = [];
    const logger = {
      logQuery: (text: string, values: unknown[]) => void asked.push(`${text} ${JSON.stringify(values)}`),
    };
    const db = drizzle(database.sql, { schema, logger });
    await createCaller({ ...(await web.signedIn("subscriber", anna.customerId)), db }).cabinet.home({});
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((one, place) => asked.indexOf(one) !== place)).toEqual([]);
  });

  test.each(["x", "2026-11-01", "2026-02-30_1", "2026-11-01_1; drop table transfers"])(
    "a cursor that is not one is refused: %s",
    async (cursor) => {
      await expect((await callerOf(anna)).cabinet.operations({ cursor })).rejects.toMatchObject({
        code: "BAD_REQUEST",
      });
    },
  );

  test("a blocked subscriber is told what is missing, and is offered exactly that first", async () => {
    const boris = await world.subscriber({});
    await world.pay(boris.accountId, 100_00n);
    await billAccounts(world.ctx, { accountIds: [boris.accountId] });
    await createServices(
      world.ctx,
      [{ ...boris, login: "boris-line" }].map(({ accountId, subscriptionId, login }) => ({
        accountId,
        subscriptionId,
        login,
      })),
    );
    const home = await (await callerOf(boris)).cabinet.home({});
    if (home.service.kind !== "financial") throw new Error(home.service.kind);
    expect(home.service.missingMinor).toBe(home.money.missingMinor);
    expect(home.presets[0]).toEqual({ kind: "missing", amountMinor: home.money.recommendedMinor });

    await world.pay(boris.accountId, home.money.recommendedMinor);
    expect((await (await callerOf(boris)).cabinet.home({})).service).toMatchObject({ kind: "turningOn", since: null });
    await billAccounts(world.ctx, { accountIds: [boris.accountId] });
    await refreshServices(world.ctx, { accountIds: [boris.accountId] });
    const after = (await (await callerOf(boris)).cabinet.home({})).service;
    expect(after).toMatchObject({ kind: "turningOn", since: expect.any(Date) });
  });

  test("a pause of one's own and the operator's block are told apart, and no money is asked for", async () => {
    for (const reason of ["administrative", "voluntary"] as const) {
      const who = await world.subscriber({});
      await placeBlock(web.job(), { accountId: who.accountId, reason });
      const home = await (await callerOf(who)).cabinet.home({});
      expect(home.service).toMatchObject({ kind: reason, since: expect.any(Date) });
    }
  });

  test("what happened between reading the page and listening is told at once, and nothing older", async () => {
    const vera = await world.subscriber({});
    await placeBlock(web.job(), { accountId: vera.accountId, reason: "administrative" });
    const said = async (input: { since?: string; lastEventId?: string }) => {
      const stop = new AbortController();
      const caller = createCaller(await web.signedIn("subscriber", vera.customerId), { signal: stop.signal });
      const stream = (await caller.cabinet.changes(input)) as AsyncIterable<unknown>;
      const first = stream[Symbol.asyncIterator]().next();
      const silence = new Promise((resolve) => setTimeout(resolve, 500, "silence"));
      const answer = await Promise.race([first.then((step) => step.value as [string, unknown]), silence]);
      stop.abort();
      return answer;
    };
    // What was just written is still being told to whoever listens: only after that is silence silence.
    for (let quiet = 0; quiet < 2; ) quiet = (await said({})) === "silence" ? quiet + 1 : 0;
    const [id, { at }] = (await said({ since: "2020-01-01T00:00:00Z" })) as [string, { at: Date }];
    const readAfter = (seconds: number) => ({ since: new Date(at.getTime() + seconds * 1_000).toISOString() });
    expect(await said(readAfter(60))).toBe("silence");
    expect(await said(readAfter(1)), "committed a moment after it happened").toContain(id);
    expect(await said({ ...readAfter(-60), lastEventId: id })).toBe("silence");
    expect(await said({ ...readAfter(60), lastEventId: world.ctx.newId() })).toContain(id);
  });

  test("another's account reads as one that is not there, malformed ids are refused, staff have no cabinet", async () => {
    const other = await world.subscriber({});
    const caller = await callerOf(anna);
    for (const call of [caller.cabinet.home, caller.cabinet.operations, caller.cabinet.profile]) {
      await expect(call({ accountId: other.accountId })).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(call({ accountId: world.ctx.newId() })).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(call({ accountId: "1" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    }
    const manager = createCaller(await web.signedIn("manager"));
    await expect(manager.cabinet.home({})).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(createCaller(web.visitor()).cabinet.home({})).rejects.toMatchObject({
      code: "UNAUTHORIZED",
    });
  });
});
