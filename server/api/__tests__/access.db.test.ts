import { getTRPCErrorFromUnknown } from "@trpc/server";
import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { markSandbox } from "@/db/sandbox";
import {
  accountingPeriods,
  billingRunAccounts,
  billingRuns,
  blocks,
  contracts,
  customers,
  legalEntities,
  payments,
  settings,
} from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import type { WebContext } from "@/server/auth/web-context";
import { openLimit } from "@/server/domain/credit";
import { type Permission, POLICY, type PolicyRow, ROLES_OF_STAFF } from "@/server/domain/identity";
import { closePeriod, correctCharge } from "@/server/domain/invoices";
import { proveLedger } from "@/server/domain/ledger";
import { addIdentifier, listFaults, storeRecords } from "@/server/domain/metering";
import { addException, addStep } from "@/server/domain/notifications";
import { recordPayments } from "@/server/domain/payments";
import { createServices } from "@/server/domain/provisioning";
import { changeTariff } from "@/server/domain/runs";
import { placeBlock } from "@/server/domain/subscriptions";
import { addDays, addMonths, dayIn, monthStart, toDay } from "@/server/kernel/day";
import { ensurePartitions } from "@/server/platform/partitions";
import type { Role } from "@/server/platform/roles";
import { createWorld, type World } from "@/server/scenarios/world";
import { refusalOf, toTrpcError } from "../errors";
import { appRouter, createCaller } from "../root";
import { CALLS, type Call, freshPlace, type IdName, monthAgo, type Target } from "./access-calls";
import { offersWorld } from "./offers-world";
import { trpcWorld } from "./trpc-world";

interface Procedure {
  readonly _def: {
    readonly type: "query" | "mutation" | "subscription";
    readonly meta: { readonly permission: Permission };
  };
}

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>).map(
  ([path, { _def }]) => ({ path, type: _def.type, row: POLICY[_def.meta.permission] as PolicyRow }),
);

let database: TestDatabase;
let sandbox: TestDatabase;
let web: ReturnType<typeof trpcWorld>;
let world: World;
let tariffId: string;
/** What a change of it waits to be. */
let otherTariffId: string;
let offers: Awaited<ReturnType<typeof offersWorld>>;
const staff = new Map<Role, WebContext>();
/** Two customers who must never meet. */
let mine: Owner;
let theirs: Owner;

interface Owner {
  readonly ctx: WebContext;
  readonly target: Target;
}

beforeAll(async () => {
  [database, sandbox] = await Promise.all([testDatabase(), testDatabase()]);
  await markSandbox(sandbox.ownerUrl);
  web = trpcWorld(database, undefined, sandbox);
  world = await createWorld(database.db, dayIn(new Date(), "Europe/Moscow"));
  tariffId = await world.tariff();
  otherTariffId = await world.tariff();
  const thisMonth = monthStart(world.today());
  await ensurePartitions(web.job(), addMonths(thisMonth, -3), thisMonth);
  // Nothing of the months before waits for a document, and the ledger is proven: what is asked for can be done.
  await database.db.insert(settings).values({ key: "invoices.from", value: monthAgo(0) });
  await proveLedger(web.job());
  offers = await offersWorld(world, await web.signedIn("product_manager"));
  for (const role of ROLES_OF_STAFF) staff.set(role, await web.signedIn(role));
  [mine, theirs] = [await owner(), await owner()];
});
afterAll(() => Promise.all([database.close(), sandbox.close()]));

/** A customer with one thing of every kind, and their signed-in login. */
async function owner(): Promise<Owner> {
  const { customerId, accountId, subscriptionId, accountNumber } = await world.subscriber({ tariffId });
  const ctx = await web.signedIn("subscriber", customerId);
  const { discountId, addOnId } = await offers.ofAccount(accountId, tariffId);
  const [service] = await createServices(web.job(), [{ accountId, subscriptionId, login: `u${accountNumber}` }]);
  await changeTariff(web.job(), { accountId, subscriptionId, toTariffId: otherTariffId, when: "next_period" });
  const { blockId } = await placeBlock(web.job(), { accountId, reason: "administrative" });
  const { limitId } = await openLimit(web.job(), {
    accountId,
    requestKey: ctx.newId(),
    amountMinor: 100_00n,
    untilOn: addDays(world.today(), 5),
  });
  const { blockId: suspensionId } = await placeBlock(web.job(), { accountId, reason: "voluntary" });
  const { paymentId } = await createCaller(ctx).payments.start({
    accountId,
    amountMinor: 100_00n,
    requestKey: ctx.newId(),
  });
  const { stepId } = await addStep(web.job(), {
    ...{ event: "money_ends", audience: "person", channel: "sms", templateCode: "money_ends_after" },
    ...freshPlace(),
  });
  const { exceptionId } = await addException(web.job(), { accountId, reason: "dispute", untilOn: "2030-01-01" });
  const messageId = web.job().newId();
  await database.sql`
    insert into messages (account_id, id, step_id, event, occasion_on, channel, template_code, state, planned_for, balance_version)
    values (${accountId}, ${messageId}, ${stepId}, 'money_ends', '2026-01-01', 'sms', 'money_ends_after', 'failed', now(), 0)`;
  const sessionId = sessionIdOf(ctx);
  const money = await billed(customerId, accountId, subscriptionId);
  const named = { kind: "other" as const, value: `line-${accountNumber}`, validFrom: world.today() };
  const { identifierId } = await addIdentifier(web.job(), { accountId, subscriptionId, ...named });
  const admin = await web.signedIn("admin");
  const { copyId } = await createCaller(admin).sandbox.copy({ accountId });
  return {
    ctx,
    target: {
      copyId,
      customerId,
      accountId,
      subscriptionId,
      serviceId: service?.serviceId ?? "",
      blockId,
      limitId,
      suspensionId,
      paymentId,
      identifierId,
      faultId: await strayRecord(accountNumber),
      creditId: await strayCredit(accountNumber, money.legalEntityId),
      discountId,
      addOnId,
      sessionId,
      ...money,
      ...(await runs(money.legalEntityId, accountId)),
      exceptionId,
      messageId,
      stepId,
    },
  };
}

/**
 * Money of a sole trader of one's own company: two charges, one with a correction that waits, a month that is closed and one that somebody
 * asked to close.
 */
async function billed(customerId: string, accountId: string, subscriptionId: string) {
  const clerk = world.asStaff("billing_operator");
  const legalEntityId = clerk.newId();
  const db = database.db;
  await db.insert(legalEntities).values({ id: legalEntityId, name: "ООО «Своё»", zone: "Europe/Moscow" });
  await db.update(contracts).set({ legalEntityId }).where(eq(contracts.customerId, customerId));
  await db.update(customers).set({ kind: "sole_trader" }).where(eq(customers.id, customerId));
  const pay = (bookedOn: string, amountMinor: bigint) =>
    recordPayments(web.job(), [
      { accountId, provider: "office", externalId: clerk.newId(), amountMinor, paidAt: new Date(), bookedOn },
    ]);
  for (const ago of [1, 2]) await pay(`${monthAgo(ago)}-15`, 1_00n);
  await pay(world.today(), 5_000_00n);
  await db.insert(accountingPeriods).values({
    legalEntityId,
    // Before every month that there are runs of.
    month: toDay(`${monthAgo(12)}-01`),
    closedAt: new Date(),
    closedBy: "job:test",
  });
  await db.execute(sql`
    insert into charges (account_id, subscription_id, period_start, kind, period_end, charged_from, charged_to, charged_days,
                         period_days, booked_on, tariff_id, price_version, fee_minor, amount_minor, vat_percent, vat_minor)
    select ${accountId}, ${subscriptionId}, ${`${monthAgo(0)}-01`}::date, k.kind, ${`${monthAgo(0)}-01`}::date + 28,
           ${`${monthAgo(0)}-01`}::date, ${`${monthAgo(0)}-01`}::date + 28, 28, 28, ${`${monthAgo(0)}-01`}::date, ${tariffId}, 1,
           300000, 300000, 22, 54098
    from (values ('recurring'), ('one_off')) as k (kind)`);
  const asked = await correctCharge(clerk, {
    accountId,
    subscriptionId,
    periodStart: `${monthAgo(0)}-01`,
    kind: "one_off",
    amountMinor: 2_000_00n,
    reason: "mistake",
    note: "charged twice",
    requestKey: clerk.newId(),
  });
  const period = await closePeriod(clerk, { legalEntityId, month: monthAgo(1), reason: "quarter" });
  return {
    legalEntityId,
    periodApprovalId: period.approvalId,
    correctionApprovalId: asked.kind === "asked" ? asked.approvalId : "",
  };
}

/** Money from a bank that no rule knew. */
async function strayCredit(number: string, legalEntityId: string): Promise<string> {
  const id = web.job().newId();
  await database.sql`
    insert into bank_statements (id, file_name, file_sha256, encoding, report, taken_at, taken_by)
    values (${id}, 'access.txt', '', 'utf-8', '{}', now(), 'job:test')`;
  await database.sql`
    insert into bank_credits (id, statement_id, line, legal_entity_id, own_account, number, documented_on, received_on, amount_minor,
                              payer_account, payer_bic, payer_inn, payer_name, purpose, raw, state)
    values (${id}, ${id}, 1, ${legalEntityId}, '', ${number}, '2026-01-01', '2026-01-01', 100, '', '', '', '', '', '{}', 'unknown')`;
  return id;
}

/** A record of nobody's, in the bin. */
async function strayRecord(recordId: string): Promise<string> {
  const stray = { recordId, digest: recordId, raw: {}, label: null, read: null };
  await storeRecords(web.job(), [stray], { source: "access" });
  const { faults } = await listFaults(web.job(), { source: "access", limit: 200 });
  return faults.find((fault) => fault.recordId === recordId)?.faultId ?? "";
}

/** Runs of a company in every state that something may be done to. */
async function runs(legalEntityId: string, accountId: string) {
  const ids = [];
  for (const [index, state] of (["previewed", "approved", "running", "paused", "finished"] as const).entries()) {
    const month = toDay(`${monthAgo(4 + index)}-01`);
    const id = web.job().newId();
    await database.db.insert(billingRuns).values({
      ...{ id, legalEntityId, state, kind: "main", periodStart: month, chunkSize: 10, openedBy: "job:test" },
      asOf: addDays(addMonths(month, 1), -1),
      arrearsUntil: addMonths(month, 1),
      openedAt: new Date(),
      startedAt: new Date(),
      resumedAt: new Date(),
    });
    ids.push(id);
  }
  const [previewedRunId = "", approvedRunId = "", runningRunId = "", pausedRunId = "", finishedRunId = ""] = ids;
  await database.db.insert(billingRunAccounts).values({
    runId: runningRunId,
    accountId,
    stage: "charge",
    finding: "parked",
    chunk: 1,
    reason: "tariff.no_price",
  });
  return { previewedRunId, approvedRunId, runningRunId, pausedRunId, finishedRunId };
}

type Answer =
  | { readonly granted: true; readonly said: string }
  | { readonly granted: false; readonly code: string; readonly kind: string; readonly reason: string };

/** A stream counts as granted when it speaks or stays open; a refusal comes at once. */
const LISTEN_MS = 150;

async function ask(ctx: WebContext, path: string, input: unknown): Promise<Answer> {
  const stop = new AbortController();
  const caller = createCaller(ctx, { signal: stop.signal });
  const call = path.split(".").reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], caller);
  try {
    const result = await (call as (input: unknown) => Promise<unknown>)(input);
    const said = isStream(result) ? await firstOf(result) : result;
    return { granted: true, said: textOf(said) };
  } catch (error) {
    // What a stream refuses with is put into the transport's form when it is sent.
    const sent = toTrpcError(getTRPCErrorFromUnknown(error));
    const { kind, reason } = refusalOf(sent);
    if (kind === "unknown") throw error;
    return { granted: false, code: sent.code, kind, reason };
  } finally {
    stop.abort();
  }
}

const isStream = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === "object" && value !== null && Symbol.asyncIterator in value;

async function firstOf(stream: AsyncIterable<unknown>): Promise<unknown> {
  const first = stream[Symbol.asyncIterator]().next();
  const silence = new Promise((resolve) => setTimeout(resolve, LISTEN_MS, "silence"));
  return Promise.race([first.then((step) => step.value), silence]);
}

function textOf(value: unknown): string {
  return (
    JSON.stringify(value, (_key, item: unknown) => {
      if (typeof item === "bigint") return item.toString();
      if (item instanceof Map || item instanceof Set) return [...item];
      return item;
    }) ?? ""
  );
}

type Made = Readonly<Record<string, unknown>>;

function inputOf(call: Call, target: Target, changes: Partial<Target> = {}, made: Made = placeholders(call)): unknown {
  const { ids, as, many, rest, fresh: own } = call;
  if (ids.length === 0 && !own && !call.shared) return rest;
  const listed = (value: string) => (many ? [value] : value);
  const named = Object.fromEntries(ids.map((id) => [as?.[id] ?? id, listed(changes[id] ?? target[id])]));
  const fresh = rest && "requestKey" in rest ? { requestKey: web.job().newId() } : {};
  return { ...rest, ...named, ...made, ...fresh, ...own?.() };
}

/** The input with one id replaced; the rest stay the asker's own. */
const withOne = (call: Call, target: Target, id: IdName, value: string, made?: Made) =>
  inputOf(call, target, { [id]: value }, made);

const missingId = () => web.job().newId();
const MALFORMED = ["", "1", "../../etc/passwd", "' or 1=1 --"];

function callOf(path: string): Call {
  const call = CALLS[path];
  if (!call) throw new Error(`${path} has no row in access-calls.ts`);
  return call;
}

test("every procedure has a row of the matrix, and no row is left over", () => {
  expect(Object.keys(CALLS).sort()).toEqual(procedures.map(({ path }) => path).sort());
});

describe.each(procedures)("$path", ({ path, row }) => {
  const call = CALLS[path] ?? { ids: [] };
  const mayOwn = row.own === true || row.anyone === true;
  const forbidden = { granted: false, code: "FORBIDDEN", reason: "access.forbidden" };

  test("refuses a visitor and every role that its row does not name", async () => {
    const visitor = await ask(web.visitor(), path, inputOf(call, theirs.target));
    expect(visitor).toMatchObject({ granted: false, code: "UNAUTHORIZED" });
    const strangers = ROLES_OF_STAFF.filter((role) => call.cabinetOnly || (!row.roles.includes(role) && !row.anyone));
    for (const role of strangers) {
      expect(await ask(contextOf(role), path, inputOf(call, theirs.target)), role).toMatchObject(forbidden);
    }
    if (mayOwn) return;
    for (const target of [mine.target, theirs.target]) {
      expect(await ask(mine.ctx, path, inputOf(call, target))).toMatchObject(forbidden);
    }
  });

  if (mayOwn) {
    test("gives a subscriber their own, and nothing of another's, who look like nobody", async () => {
      const made = await make(call, mine.ctx);
      for (const id of call.ids) {
        const foreign = await ask(mine.ctx, path, withOne(call, mine.target, id, theirs.target[id], made));
        const missing = await ask(mine.ctx, path, withOne(call, mine.target, id, missingId(), made));
        expect(foreign, `foreign ${id}`).toMatchObject({ granted: false, code: "NOT_FOUND" });
        expect(foreign).toEqual(missing);
        for (const bad of MALFORMED) {
          const answer = await ask(mine.ctx, path, withOne(call, mine.target, id, bad, made));
          expect(answer, `malformed ${id}`).toMatchObject({ granted: false, code: "BAD_REQUEST" });
        }
      }
      const { ctx, target } = call.once ? await owner() : mine;
      const own = await ask(ctx, path, inputOf(call, target, {}, made));
      // The second factor is for staff; whoever else asks is told there is no such session.
      if (path.endsWith("Totp")) expect(own).toMatchObject({ granted: false, code: "NOT_FOUND" });
      else expect(own).toMatchObject(reached({ refusal: call.ownRefusal ?? call.refusal }));
      if (own.granted) for (const value of Object.values(theirs.target)) expect(own.said).not.toContain(value);
    });
  }

  if (row.roles.length > 0 && !call.cabinetOnly && path !== "session.confirmTotp") {
    test("gives the roles of its row what is there, and says so when it is not", async () => {
      for (const role of row.roles) {
        const ctx = contextOf(role);
        const made = await make(call, ctx);
        for (const id of call.ids) {
          const missing = await ask(ctx, path, withOne(call, mine.target, id, missingId(), made));
          expect(isNothing(missing), `${role}, missing ${id}: ${JSON.stringify(missing)}`).toBe(true);
          if (call.ids.length > 1 || call.ownOnly) {
            const mixed = await ask(ctx, path, withOne(call, mine.target, id, theirs.target[id], made));
            expect(mixed, `${role}, ${id} of another`).toMatchObject({ granted: false, code: "NOT_FOUND" });
          }
          const malformed = await ask(ctx, path, withOne(call, mine.target, id, "1", made));
          expect(malformed, `${role}, malformed ${id}`).toMatchObject({ granted: false, code: "BAD_REQUEST" });
        }
        for (const name of sharedIds(call)) {
          const missing = await ask(ctx, path, inputOf(call, mine.target, {}, { ...made, [name]: missingId() }));
          expect(isNothing(missing), `${role}, missing ${name}: ${JSON.stringify(missing)}`).toBe(true);
          const malformed = await ask(ctx, path, inputOf(call, mine.target, {}, { ...made, [name]: "1" }));
          expect(malformed, `${role}, malformed ${name}`).toMatchObject({ granted: false, code: "BAD_REQUEST" });
        }
        const own = call.ownOnly ? await web.signedIn(role) : ctx;
        const { target } = call.once && !call.ownOnly ? await owner() : mine;
        const named = call.ownOnly ? { ...target, sessionId: sessionIdOf(own) } : target;
        expect(await ask(own, path, inputOf(call, named, {}, made)), role).toMatchObject(reached(call));
      }
    });
  }
});

test("what a stranger tried left nothing behind", async () => {
  const [stranger, victim] = [await owner(), await owner()];
  const paid = () => database.db.$count(payments, eq(payments.accountId, victim.target.accountId));
  const before = await paid();
  const { accountId } = victim.target;
  await ask(stranger.ctx, "payments.start", inputOf(callOf("payments.start"), stranger.target, { accountId }));
  expect(await paid()).toBe(before);
  await ask(stranger.ctx, "subscribers.liftBlock", inputOf(callOf("subscribers.liftBlock"), victim.target));
  const [block] = await database.db
    .select()
    .from(blocks)
    .where(and(eq(blocks.accountId, accountId), eq(blocks.id, victim.target.blockId)));
  expect(block).toMatchObject({ untilAt: null });
  await ask(stranger.ctx, "session.end", inputOf(callOf("session.end"), victim.target));
  expect(await ask(victim.ctx, "session.list", undefined)).toMatchObject({ granted: true });
});

/** What shows that the asker was let through to the verb. */
function reached({ refusal }: { readonly refusal?: string | undefined }) {
  return refusal ? { granted: false, reason: refusal } : { granted: true };
}

/** Either is an honest word for something that is not there; a list may be empty. */
function isNothing(answer: Answer): boolean {
  return answer.granted ? answer.said === "[]" : answer.code === "NOT_FOUND";
}

/** What is refused before the input is looked at needs nothing that is there. */
function placeholders({ shared = {} }: Call): Made {
  return Object.fromEntries(Object.keys(shared).map((name) => [name, missingId()]));
}

/** The things of the operator that a call names, made for whoever is about to ask. */
async function make({ shared = {} }: Call, ctx: WebContext): Promise<Made> {
  const made: Record<string, unknown> = {};
  for (const [name, thing] of Object.entries(shared)) made[name] = await offers.make(thing, ctx);
  return made;
}

function sharedIds({ shared = {} }: Call): string[] {
  return Object.entries(shared).flatMap(([name, thing]) => (thing === "word" || thing === "parts" ? [] : [name]));
}

function sessionIdOf({ actor }: WebContext): string {
  return actor.kind === "user" ? (actor.sessionId ?? "") : "";
}

function contextOf(role: Role): WebContext {
  const ctx = staff.get(role);
  if (!ctx) throw new Error(`nobody is signed in as ${role}`);
  return ctx;
}
