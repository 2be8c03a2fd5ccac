import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { contracts, legalEntities, settings } from "@/db/schema";
import { type TestDatabase, testDatabaseForThisTest } from "@/db/testing/database";
import { proveLedger } from "@/server/domain/ledger";
import { recordPayments } from "@/server/domain/payments";
import { billAccounts } from "@/server/domain/runs";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";
import { closePeriod, decidePeriod, listPeriods, reopenPeriod } from "..";

let database: TestDatabase;
let world: World;
let anna: Context;
let boris: Context;
let person: Subscriber;
let legalEntityId: string;

/** October 2026 with a payment of it; documents are made from November on, so nothing of October waits for one. */
beforeEach(async () => {
  database = await testDatabaseForThisTest();
  world = await createWorld(database.db, "2026-10-05");
  anna = world.asStaff("billing_operator");
  boris = world.asStaff("billing_operator");
  person = await world.subscriber({});
  await world.pay(person.accountId, 1_000_00n);
  const [entity] = await rowsOf<{ id: string }>(world.ctx, sql`select id from legal_entities`);
  legalEntityId = entity?.id ?? "";
  await database.db.insert(settings).values({ key: "invoices.from", value: "2026-11" });
});

const asked = (month = "2026-10") => ({ legalEntityId, month, reason: "квартальная отчётность" });

async function closeOctober(): Promise<void> {
  world.travelTo("2026-11-02");
  await proveLedger(world.ctx);
  const { approvalId } = await closePeriod(anna, asked());
  await decidePeriod(boris, { approvalId, approve: true });
}

const payOn = (ctx: Context, bookedOn: string) =>
  recordPayments(ctx, [
    {
      accountId: person.accountId,
      provider: "office",
      externalId: ctx.newId(),
      amountMinor: 100_00n,
      paidAt: world.ctx.now(),
      bookedOn,
    },
  ]);

describe("closing a month", () => {
  test("takes two people; then nothing is booked in it, and the refusal names the month and changes nothing", async () => {
    world.travelTo("2026-11-02");
    await proveLedger(world.ctx);
    const { approvalId } = await closePeriod(anna, asked());
    await expect(decidePeriod(anna, { approvalId, approve: true })).rejects.toMatchObject({
      reason: "approval.same_person",
    });
    await payOn(world.ctx, "2026-10-31");
    await decidePeriod(boris, { approvalId, approve: true });
    const before = await rowsOf(world.ctx, sql`select * from account_balances`);
    await expect(payOn(world.ctx, "2026-10-31")).rejects.toMatchObject({
      kind: "precondition",
      reason: "period.closed",
      details: { month: "2026-10" },
    });
    expect(await rowsOf(world.ctx, sql`select * from account_balances`)).toEqual(before);
    expect(await rowsOf(world.ctx, sql`select 1 from payments where paid_at >= '2026-11-01'`)).toHaveLength(1);
    await expect(payOn(world.ctx, "2026-09-15")).rejects.toMatchObject({ details: { month: "2026-09" } });
    await payOn(world.ctx, "2026-11-01");
    await expect(decidePeriod(boris, { approvalId, approve: true })).rejects.toMatchObject({
      reason: "approval.decided",
    });
    const trail = await rowsOf<{ action: string }>(
      world.ctx,
      sql`select action from audit_log where entity = 'accounting_period' order by occurred_at, id`,
    );
    expect(trail.map((row) => row.action)).toEqual(["period.ask_close", "period.close"]);
    expect(await rowsOf(world.ctx, sql`select 1 from events where type = 'period.closed'`)).toHaveLength(1);
  });

  test("is refused while the month runs, and while the ledger is not proven after its end", async () => {
    await expect(closePeriod(anna, asked())).rejects.toMatchObject({ reason: "period.not_over" });
    await proveLedger(world.ctx);
    world.travelTo("2026-11-01");
    await expect(closePeriod(anna, asked())).rejects.toMatchObject({
      reason: "period.proven_too_early",
      details: { on: "2026-10-05" },
    });
    await proveLedger(world.ctx);
    await expect(closePeriod(anna, asked())).resolves.toBeTruthy();
  });

  test("is refused while a charge of it stands on no document, whoever asked before", async () => {
    await database.db.delete(settings);
    world.travelTo("2026-10-06");
    await billAccounts(world.ctx, { accountIds: [person.accountId] });
    world.travelTo("2026-11-02");
    await proveLedger(world.ctx);
    await expect(closePeriod(anna, asked())).rejects.toMatchObject({
      reason: "period.uninvoiced",
      details: { accounts: 1 },
    });
  });

  test("closes the open months before it too, and reopening goes from the last one back", async () => {
    world.travelTo("2026-12-02");
    await payOn(world.ctx, "2026-11-20");
    await proveLedger(world.ctx);
    const { approvalId } = await closePeriod(anna, asked("2026-11"));
    await decidePeriod(boris, { approvalId, approve: true });
    const [entity] = await listPeriods(anna);
    expect(entity?.periods.map(({ month, state }) => [month, state])).toEqual([
      ["2026-12-01", "running"],
      ["2026-11-01", "closed"],
      ["2026-10-01", "closed"],
    ]);
    expect(entity).toMatchObject({ lastClosed: "2026-11-01", next: null });
    await expect(reopenPeriod(boris, asked("2026-10"))).rejects.toMatchObject({ reason: "period.later_closed" });
    const again = await reopenPeriod(boris, asked("2026-11"));
    await expect(payOn(world.ctx, "2026-11-20")).rejects.toMatchObject({ reason: "period.closed" });
    await decidePeriod(anna, { approvalId: again.approvalId, approve: true });
    await payOn(world.ctx, "2026-11-20");
    await expect(payOn(world.ctx, "2026-10-31")).rejects.toMatchObject({ details: { month: "2026-10" } });
  });

  test("is asked for once, may be taken back by whoever asked, and asked for again", async () => {
    world.travelTo("2026-11-02");
    await proveLedger(world.ctx);
    const { approvalId } = await closePeriod(anna, asked());
    await expect(closePeriod(boris, asked())).rejects.toMatchObject({ reason: "approval.already_waiting" });
    await decidePeriod(anna, { approvalId, approve: false });
    await payOn(world.ctx, "2026-10-31");
    await expect(closePeriod(boris, asked())).resolves.toBeTruthy();
  });

  test("waits for what is being booked in the month, and whoever comes after is refused", async () => {
    world.travelTo("2026-11-02");
    await proveLedger(world.ctx);
    const { approvalId } = await closePeriod(anna, asked());
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let booked = () => {};
    const posted = new Promise<void>((resolve) => {
      booked = resolve;
    });
    const booking = withTransaction(world.ctx, async (tx) => {
      await payOn(tx, "2026-10-31");
      booked();
      await held;
    });
    await posted;
    const closing = decidePeriod(boris, { approvalId, approve: true });
    // The closing stands behind the booking, and the next booking behind the closing.
    await expect.poll(() => waitingLocks()).toBe(1);
    expect((await listPeriods(anna))[0]?.lastClosed).toBeNull();
    const other = await world.subscriber({});
    const late = recordPayments(world.ctx, [
      {
        accountId: other.accountId,
        provider: "office",
        externalId: "late",
        amountMinor: 1n,
        paidAt: world.ctx.now(),
        bookedOn: "2026-10-30",
      },
    ]);
    const refused = expect(late).rejects.toMatchObject({ reason: "period.closed" });
    await expect.poll(() => waitingLocks()).toBe(2);
    letGo();
    await Promise.all([booking, closing, refused]);
  });

  test("of one legal entity leaves another's book open", async () => {
    await closeOctober();
    const other = world.ctx.newId();
    await database.db.insert(legalEntities).values({ id: other, name: "ООО «Вторая»", zone: "Europe/Moscow" });
    await database.db.update(contracts).set({ legalEntityId: other });
    await expect(payOn(world.ctx, "2026-10-31")).resolves.toMatchObject({ posted: 1 });
  });

  test("is not for support, nor for a subscriber", async () => {
    world.travelTo("2026-11-02");
    await expect(closePeriod(world.asStaff("support_lead"), asked())).rejects.toMatchObject({ kind: "forbidden" });
    await expect(closePeriod(world.asSubscriber(person.customerId), asked())).rejects.toMatchObject({
      kind: "forbidden",
    });
    await expect(closePeriod(world.ctx, asked())).rejects.toMatchObject({ kind: "forbidden" });
  });
});

async function waitingLocks(): Promise<number> {
  const [row] = await rowsOf<{ n: number }>(
    world.ctx,
    sql`select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`,
  );
  return row?.n ?? 0;
}
