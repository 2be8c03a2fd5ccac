import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditLog, payments } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { createUser, startSession } from "@/server/domain/identity";
import { liftBlock, placeBlock } from "@/server/domain/subscriptions";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";
import {
  issueAccess,
  listAccountAudit,
  listAccountEvents,
  listBlockHistory,
  listPaymentSteps,
  readSubscriber,
  revealContacts,
} from "..";

let database: TestDatabase;
let world: World;
let agent: Context;
let anna: Subscriber;

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-14");
  const { userId } = await createUser(world.ctx, {
    role: "support_agent",
    displayName: "Олег Смирнов",
    password: "correct horse battery",
    identifiers: [{ kind: "email", value: "oleg@uzel.example" }],
  });
  agent = world.as({
    kind: "user",
    userId,
    role: "support_agent",
    name: "Олег Смирнов",
    customerId: null,
    sessionId: null,
    address: "198.51.100.7",
  });
  anna = await world.subscriber({ name: "Анна Кравцова", phone: "+79123456741" });
});
afterAll(() => database.close());

describe("access to the cabinet", () => {
  test("is given by support: the customer signs in by every account of theirs, the page knows, the story keeps who", async () => {
    const boris = await world.subscriber({ name: "Борис Новый", phone: "+79123456742" });
    const page = await readSubscriber(agent, boris.accountId);
    expect(page).toMatchObject({ hasLogin: false, mayIssueLogin: true });
    const { password, made } = await issueAccess(agent, { accountId: boris.accountId });
    expect(made).toBe(true);
    const visitor = world.as({ kind: "anonymous", address: null });
    for (const identifier of ["+79123456742", boris.accountNumber, page.contractNumber]) {
      expect(await startSession(visitor, { identifier, password })).toMatchObject({ role: "subscriber" });
    }
    expect(await readSubscriber(agent, boris.accountId)).toMatchObject({ hasLogin: true });
    const [row] = await listAccountAudit(agent, { accountId: boris.accountId });
    expect(row).toMatchObject({ action: "customer.issue_access", actor: { name: "Олег Смирнов" } });
    expect(JSON.stringify(row)).not.toContain(password);
  });
});

describe("contacts", () => {
  test("are masked in what staff read, whole only after a reason, which the audit keeps without the contacts", async () => {
    const subscriber = await readSubscriber(agent, anna.accountId);
    expect(subscriber).toMatchObject({ name: "Анна Кравцова", state: "active", mayReveal: true, emailMasked: null });
    expect(subscriber.phoneMasked?.replaceAll("\u00A0", " ")).toBe("+7 912 ··· ·· 41");
    expect(JSON.stringify(subscriber, (_, value) => (typeof value === "bigint" ? `${value}` : value))).not.toContain(
      "3456741",
    );

    const contacts = await revealContacts(agent, { accountId: anna.accountId, reason: "перезвонить по аварии" });
    expect(contacts).toEqual({ phone: "+79123456741", email: null });
    const rows = await database.db.select().from(auditLog).where(eq(auditLog.action, "customer.reveal"));
    expect(rows).toMatchObject([
      {
        accountId: anna.accountId,
        entity: "customer",
        entityId: anna.customerId,
        address: "198.51.100.7",
        after: { fields: ["phone", "email"], reason: "перезвонить по аварии" },
      },
    ]);
    expect(JSON.stringify(rows)).not.toContain("79123456741");
  });

  test("stay masked without a reason, for a role without the right, and for an account that is not there", async () => {
    const before = await database.db.select().from(auditLog).where(eq(auditLog.action, "customer.reveal"));
    const ask = (ctx: Context, accountId = anna.accountId, reason = "нужно позвонить") =>
      revealContacts(ctx, { accountId, reason });
    await expect(ask(agent, anna.accountId, " ")).rejects.toThrow();
    await expect(ask(world.asStaff("manager"))).rejects.toMatchObject({ kind: "forbidden" });
    await expect(ask(world.asSubscriber(anna.customerId))).rejects.toMatchObject({ kind: "forbidden" });
    await expect(ask(agent, agent.newId())).rejects.toMatchObject({ kind: "not_found" });
    expect((await readSubscriber(world.asStaff("manager"), anna.accountId)).mayReveal).toBe(false);
    const after = await database.db.select().from(auditLog).where(eq(auditLog.action, "customer.reveal"));
    expect(after).toHaveLength(before.length);
  });
});

describe("the story of an account", () => {
  test("a block carries its note and who placed it, and an ended one stays in the story", async () => {
    const { accountId } = await world.subscriber({});
    const { blockId } = await placeBlock(agent, { accountId, reason: "administrative", note: "жалоба соседей" });
    expect((await readSubscriber(agent, accountId)).state).toBe("blocked");
    world.travelTo("2026-11-15");
    await liftBlock(agent, { accountId, blockId });
    await placeBlock(agent, { accountId, reason: "voluntary" });
    expect(await listBlockHistory(agent, accountId)).toMatchObject([
      { reason: "voluntary", untilAt: null, placedBy: "Олег Смирнов", note: null },
      { reason: "administrative", note: "жалоба соседей", placedBy: "Олег Смирнов" },
    ]);
    const audit = await listAccountAudit(agent, { accountId });
    expect(audit.map((row) => row.action).slice(0, 3)).toEqual(["block.place", "block.lift", "block.place"]);
    expect(audit[0]?.actor).toEqual({ kind: "person", name: "Олег Смирнов" });
    const events = await listAccountEvents(agent, { accountId });
    expect(events.map((event) => event.type)).toContain("block.lifted");
    expect(events.at(-1)?.actor).toEqual({ kind: "machine", name: "job:test" });
  });

  test("a payment's steps are its own: webhook, posting, and the activation before the next payment", async () => {
    world.travelTo("2026-11-16");
    const { accountId } = await world.subscriber({});
    await world.pay(accountId, 500_00n);
    world.travelTo("2026-11-17");
    await world.pay(accountId, 700_00n);
    await record(world.ctx, { events: [{ type: "service.activated", accountId, payload: {} }] });
    const [row] = await database.db.select().from(payments).where(eq(payments.amountMinor, 700_00n));
    await database.db.execute(sql`
      insert into webhook_deliveries (id, provider, event, object_id, body, address, deliveries, received_at)
      values (${agent.newId()}, ${row?.provider}, 'payment.succeeded', ${row?.providerPaymentId}, '{}', '127.0.0.1', 3, '2026-11-17T08:59:00Z')`);
    expect(await listPaymentSteps(agent, { accountId })).toMatchObject([
      {
        amountMinor: 700_00n,
        state: "posted",
        webhooks: 3,
        webhookAt: new Date("2026-11-17T08:59:00Z"),
        activatedAt: new Date("2026-11-17T09:00:00Z"),
      },
      { amountMinor: 500_00n, webhooks: 0, webhookAt: null, activatedAt: null },
    ]);
  });

  test("is closed to subscribers, their own too, and missing looks missing", async () => {
    const own = world.asSubscriber(anna.customerId);
    const reads = [
      (ctx: Context, accountId: string) => readSubscriber(ctx, accountId),
      (ctx: Context, accountId: string) => listBlockHistory(ctx, accountId),
      (ctx: Context, accountId: string) => listAccountAudit(ctx, { accountId }),
      (ctx: Context, accountId: string) => listAccountEvents(ctx, { accountId }),
      (ctx: Context, accountId: string) => listPaymentSteps(ctx, { accountId }),
    ];
    for (const read of reads) {
      await expect(read(own, anna.accountId)).rejects.toMatchObject({ kind: "forbidden" });
      await expect(read(agent, agent.newId())).rejects.toMatchObject({ kind: "not_found" });
    }
  });
});
