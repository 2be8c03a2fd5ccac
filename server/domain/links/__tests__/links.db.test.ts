import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { proveLedger } from "@/server/domain/ledger";
import { readLinks, retryLink } from "@/server/domain/links";
import { retryMessages } from "@/server/domain/notifications";
import { addTerminal, workTerminalRequest } from "@/server/domain/payments";
import { createService } from "@/server/domain/provisioning";
import { settleAccounts } from "@/server/jobs/settle-accounts";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";

let database: TestDatabase;
let world: World;
let anna: Subscriber;

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-01");
  anna = await world.subscriber({});
  await createService(world.ctx, { accountId: anna.accountId, subscriptionId: anna.subscriptionId, login: "anna" });
  await database.sql`delete from graphile_worker._private_jobs`;
});
afterAll(() => database.close());

const linkOf = async (name: string) => {
  const link = (await readLinks(world.asStaff("support_agent"))).links.find((row) => row.name === name);
  if (!link) throw new Error(`no link ${name}`);
  return link;
};

describe("the map of links", () => {
  test("a webhook nobody has processed waits, then is stuck, and a retry enqueues its reading once", async () => {
    await database.sql`
      insert into webhook_deliveries (id, provider, event, object_id, body, address, received_at)
      values (${crypto.randomUUID()}, 'yookassa', 'payment.succeeded', 'y-1', '{}', '127.0.0.1', ${world.ctx.now().toISOString()})`;
    expect(await linkOf("provider-ledger")).toMatchObject({ state: "catching_up", waiting: 1, differences: 0 });
    await database.sql`update webhook_deliveries set received_at = received_at - interval '3 minutes'`;
    expect(await linkOf("provider-ledger")).toMatchObject({ state: "behind", waiting: 1 });
    expect(await retryLink(world.asStaff("support_lead"), { link: "provider-ledger" })).toEqual({ retried: 1 });
    await retryLink(world.asStaff("support_lead"), { link: "provider-ledger" });
    expect(
      await database.sql`select 1 from graphile_worker._private_jobs where key = 'read_payment:yookassa:y-1'`,
    ).toHaveLength(1);
    await database.sql`update webhook_deliveries set processed_at = now()`;
    expect(await linkOf("provider-ledger")).toMatchObject({ state: "in_step", waiting: 0, oldestAt: null });
  });

  test("a payment marked posted without its transfer differs, by its sum, and names the account", async () => {
    await database.sql`
      insert into payments (account_id, id, provider, idempotence_key, amount_minor, state, started_at, posted_at)
      values (${anna.accountId}, ${crypto.randomUUID()}, 'yookassa', 'k-1', 50000, 'posted', ${world.ctx.now().toISOString()}, ${world.ctx.now().toISOString()})`;
    expect(await linkOf("provider-ledger")).toMatchObject({
      state: "differs",
      differences: 1,
      differenceMinor: 500_00n,
      sample: [{ accountId: anna.accountId, accountNumber: anna.accountNumber, note: "payment" }],
    });
    await database.ownerSql`delete from payments where idempotence_key = 'k-1'`;
  });

  test("a payment that nobody asks about any more still waits, and one set aside as a mismatch can be read again", async () => {
    await database.sql`
      insert into payments (account_id, id, provider, provider_payment_id, idempotence_key, amount_minor, state, failure, started_at, ask_at)
      values (${anna.accountId}, ${crypto.randomUUID()}, 'yookassa', 'p-2', 'k-2', 50000, 'pending', null, ${world.ctx.now().toISOString()}, null),
             (${anna.accountId}, ${crypto.randomUUID()}, 'yookassa', 'p-3', 'k-3', 70000, 'failed', 'mismatch:test_flag', ${world.ctx.now().toISOString()}, null),
             (${anna.accountId}, ${crypto.randomUUID()}, 'yookassa', 'p-4', 'k-4', 90000, 'failed', 'refusal', ${world.ctx.now().toISOString()}, null)`;
    expect(await linkOf("provider-ledger")).toMatchObject({ waiting: 1, differences: 1, differenceMinor: 700_00n });
    expect(await retryLink(world.asStaff("support_lead"), { link: "provider-ledger" })).toEqual({ retried: 2 });
    await database.ownerSql`delete from payments where account_id = ${anna.accountId}`;
  });

  test("a service the network has not confirmed waits on the last link, and its lost task shows on the one before", async () => {
    await settleAccounts(world.ctx, [anna.accountId]);
    expect(await linkOf("provisioning-radius")).toMatchObject({ state: "catching_up", waiting: 1 });
    await database.ownerSql`delete from service_tasks where account_id = ${anna.accountId}`;
    expect(await linkOf("ledger-provisioning")).toMatchObject({
      state: "differs",
      differences: 1,
      sample: [{ note: "no_task" }],
    });
  });

  test("a reminder whose hour has come waits; one that the line lost differs, and a missing address does not", async () => {
    const [step] = await database.sql`select id from dunning_steps limit 1`;
    const at = world.ctx.now().toISOString();
    const message = (state: string, reason: string | null, day: string, carrier = "smtp") => database.sql`
      insert into messages (account_id, id, step_id, event, occasion_on, channel, template_code, state, reason, carrier, planned_for, finished_at, balance_version)
      values (${anna.accountId}, ${crypto.randomUUID()}, ${step?.id}, 'money_ends', ${day}, 'email', 'money_ends_on', ${state}, ${reason}, ${carrier},
        ${at}::timestamptz - interval '3 minutes', ${state === "planned" ? null : at}, 0)`;
    await message("sent", null, "2026-10-01");
    await message("sent", null, "2026-09-30", "file");
    await message("failed", "no_address", "2026-10-02");
    expect(await linkOf("ledger-subscribers")).toMatchObject({ state: "in_step", waiting: 0, dayCount: 1 });
    await message("planned", "busy", "2026-10-03");
    expect(await linkOf("ledger-subscribers")).toMatchObject({ state: "behind", waiting: 1, lastError: "busy" });
    await message("unknown", "no_answer", "2026-10-04");
    await message("failed", "unreachable", "2026-10-05");
    expect(await linkOf("ledger-subscribers")).toMatchObject({ state: "differs", differences: 2 });
    await retryLink(world.asStaff("support_lead"), { link: "ledger-subscribers" });
    await retryMessages(world.ctx);
    expect(await linkOf("ledger-subscribers"), "what may have arrived is left to a person").toMatchObject({
      waiting: 2,
      differences: 1,
      sample: [{ note: "no_answer" }],
    });
    expect(
      await database.sql`select 1 from graphile_worker._private_jobs where key like 'send_message:%'`,
    ).toHaveLength(2);
  });

  test("«paid → active» times the payments begun here, not those recorded with a moment of elsewhere", async () => {
    const paid = await world.subscriber({});
    const { accountId, subscriptionId } = paid;
    const { serviceId } = await createService(world.ctx, { accountId, subscriptionId, login: "timed" });
    const at = (seconds: number) => new Date(world.ctx.now().getTime() - 600_000 + seconds * 1_000).toISOString();
    const pay = (key: string, startedAt: string) => database.sql`
      insert into payments (account_id, id, provider, idempotence_key, amount_minor, state, started_at, posted_at)
      values (${accountId}, ${crypto.randomUUID()}, 'office', ${key}, 50000, 'posted', ${startedAt}, ${at(0)})`;
    await database.sql`
      update service_tasks set state = 'done', cause = 'in_order', started_at = ${at(1)}, finished_at = ${at(89)}
      where account_id = ${accountId} and service_id = ${serviceId}`;
    const activation = async () => (await readLinks(world.ctx)).activation;

    await pay("recorded", at(0));
    expect(await activation()).toEqual({ hourP95Ms: null, dayP50Ms: null, dayCount: 0 });
    await pay("begun", at(-20));
    expect(await activation()).toEqual({ hourP95Ms: 89_000, dayP50Ms: 89_000, dayCount: 1 });
    await database.ownerSql`delete from payments where account_id = ${accountId}`;
    await database.ownerSql`delete from service_tasks where account_id = ${accountId}`;
  });

  test("a protocol's door counts what was taken and refused, waits for who was asked to come again, and differs from a lost entry", async () => {
    const doorOf = async () => (await readLinks(world.ctx)).doors.find((one) => one.protocol === "osmp");
    expect(await doorOf()).toMatchObject({ state: "in_step", terminals: 0, lastAt: null, accepted: 0 });
    const named = { code: "kiosk", name: "Kiosk", protocol: "osmp" as const, networks: ["192.0.2.7"] };
    const { terminalId, code } = await addTerminal(world.asStaff("admin"), named);
    const ctx = world.as({ kind: "webhook", source: "terminal", address: "192.0.2.7" });
    const ask = (txnId: string, account: string) =>
      workTerminalRequest(
        ctx,
        { id: terminalId, code },
        { malformed: false, command: "pay", txnId, account, sum: "1.00", paidAt: null, mustHaveDate: false },
      );
    await ask("1", anna.accountNumber);
    await ask("1", anna.accountNumber);
    await ask("2", "404404");
    expect(await doorOf()).toMatchObject({ state: "in_step", terminals: 1, accepted: 1, refused: 1, waiting: 0 });
    await database.ownerSql`alter table transfers rename to transfers_away`;
    expect(await ask("3", anna.accountNumber)).toMatchObject({ outcome: "try_later" });
    await database.ownerSql`alter table transfers_away rename to transfers`;
    await database.ownerSql`update terminal_requests set asked_at = asked_at - interval '3 minutes'`;
    expect(await doorOf()).toMatchObject({ state: "behind", waiting: 1, refused: 2 });
    await ask("3", anna.accountNumber);
    expect(await doorOf()).toMatchObject({ state: "in_step", waiting: 0, accepted: 2 });
    await database.ownerSql`update terminal_payments set amount_minor = 200 where txn_id = '3'`;
    expect(await doorOf()).toMatchObject({ state: "differs", differences: 1 });
    await database.ownerSql`update terminal_payments set amount_minor = 100 where txn_id = '3'`;
  });

  test("the ledger's node tells the latest proof", async () => {
    expect((await readLinks(world.ctx)).ledger.provenAt).toBeNull();
    await proveLedger(world.ctx);
    expect((await readLinks(world.ctx)).ledger).toMatchObject({ accounts: 2, differing: 0 });
  });

  test("who may look may not always retry, and subscribers see nothing of it", async () => {
    await expect(retryLink(world.asStaff("support_agent"), { link: "provider-ledger" })).rejects.toMatchObject({
      kind: "forbidden",
    });
    await expect(readLinks(world.asSubscriber(anna.customerId))).rejects.toMatchObject({ kind: "forbidden" });
  });
});
