import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import {
  addException,
  dropMessages,
  endException,
  listDueMessages,
  listExceptions,
  listMessages,
  planMessages,
  resendMessage,
  sendMessage,
  setChannelChoices,
} from "@/server/domain/notifications";
import { billAccounts } from "@/server/domain/runs";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";
import { type Notices, notices, reachable, switchOn, wall } from "./notices";

let database: TestDatabase;
let world: World;
let told: Notices;

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-01");
  told = notices(world, database);
});
afterAll(() => database.close());
beforeEach(async () => {
  await switchOn(database);
  await database.sql`delete from graphile_worker._private_jobs`;
  told.said.length = 0;
  told.answers.length = 0;
  world.travelTo("2026-11-01");
});

/** Paid for November and 100 rubles over: December's 650 will not be there. */
async function short(input: Parameters<typeof reachable>[2] = {}): Promise<Subscriber> {
  const one = await reachable(world, database, input);
  await world.pay(one.accountId, 750_00n);
  await billAccounts(world.ctx, { accountIds: [one.accountId] });
  return one;
}
const plan = (at: string, ...subscribers: Subscriber[]) =>
  planMessages(told.ctx(at), { accountIds: subscribers.map((one) => one.accountId) });
const logOf = async ({ accountId }: Subscriber) =>
  (await listMessages(world.asStaff("support_agent"), { accountId })).messages;
const stateOf = async (subscriber: Subscriber) =>
  (await logOf(subscriber)).map((one) => [one.channel, one.state, one.reason]);
const sendJobs = () => database.sql`select 1 from graphile_worker._private_jobs where key like 'send_message:%'`;
const audits = (action: string, entityId: string) =>
  database.sql`select after from audit_log where action = ${action} and entity_id = ${entityId}`;

describe("planning", () => {
  test("an account that will be short is planned for once, however often and however many at once plan", async () => {
    const anna = await short();
    expect(await plan("2026-11-27 10:00", anna), "four days before nothing is").toEqual({ planned: 0 });
    const results = await Promise.all(Array.from({ length: 4 }, () => plan("2026-11-28 10:00", anna)));
    expect(results.map((one) => one.planned).sort()).toEqual([0, 0, 0, 1]);
    expect(await plan("2026-11-28 15:00", anna)).toEqual({ planned: 0 });
    expect(await logOf(anna)).toMatchObject([
      {
        event: "money_ends",
        channel: "email",
        state: "planned",
        occasionOn: "2026-12-01",
        offsetDays: -3,
        attempts: 0,
      },
    ]);
    expect(await sendJobs()).toHaveLength(1);
    expect(await audits("reminder.plan", "2026-11-28")).toHaveLength(1);
  });

  test("one who has enough, one who is closed and a ladder that is off are left alone", async () => {
    const [rich, left] = [await short(), await short()];
    await world.pay(rich.accountId, 600_00n);
    await database.sql`update accounts set closed_on = '2026-11-20' where id = ${left.accountId}`;
    expect(await plan("2026-11-28 10:00", rich, left)).toEqual({ planned: 0 });
    const anna = await short();
    await database.sql`update dunning_steps set is_on = false`;
    expect(await plan("2026-11-28 10:00", anna)).toEqual({ planned: 0 });
  });

  test("what falls into the night goes out in the morning, by the operator's clock", async () => {
    const anna = await short();
    await plan("2026-11-28 00:10", anna);
    expect((await logOf(anna))[0]?.plannedFor).toEqual(wall("2026-11-28 09:00"));
    expect(await told.work(sendMessage, "2026-11-28 08:59")).toBe(0);
    expect(await told.work(sendMessage, "2026-11-28 09:00")).toBe(1);
    expect(told.said).toHaveLength(1);
  });

  test("the preview says who will be told what, and writes nothing", async () => {
    const anna = await short();
    world.travelTo("2026-11-27");
    const preview = await listDueMessages(world.asStaff("support_agent"), { day: "2026-11-28" });
    const hers = preview.messages.filter((one) => one.accountId === anna.accountId);
    expect(hers).toMatchObject([{ channel: "email", occasionOn: "2026-12-01", amountMinor: 550_00n, offsetDays: -3 }]);
    expect(hers[0]?.recipient).toMatch(/^s···@mail\.example$/);
    expect(preview.found).toBe(Object.values(preview.byStep).reduce((sum, count) => sum + count, 0));
    expect(preview.after).toBeNull();
    expect(await logOf(anna)).toEqual([]);
    await plan("2026-11-28 10:00", anna);
    expect(await logOf(anna)).toMatchObject([{ channel: "email", occasionOn: "2026-12-01" }]);
  });

  test("a preview of a day that has passed, or that no step reaches, is refused", async () => {
    const staff = world.asStaff("support_agent");
    for (const day of ["2026-10-31", "2027-06-01"]) {
      await expect(listDueMessages(staff, { day })).rejects.toMatchObject({ reason: "day.out_of_reach" });
    }
  });
});

describe("what was charged to be paid by a day", () => {
  test("is reminded of before, on and after that day, with what is still owed, until it is paid", async () => {
    const tariffId = await world.tariff();
    await database.ownerSql`update tariff_prices set money_gate = 'always' where tariff_id = ${tariffId}`;
    const one = await reachable(world, database, { tariffId });
    await billAccounts(world.ctx, { accountIds: [one.accountId] });
    // Charged on the 1st, fourteen days to pay.
    const days = ["2026-11-09", "2026-11-10", "2026-11-15", "2026-11-18"];
    for (const day of days) {
      if (day === "2026-11-18") await world.pay(one.accountId, 200_00n);
      await plan(`${day} 10:00`, one);
      await told.work(sendMessage, `${day} 10:00`);
    }
    expect(told.said.map((message) => message.subject)).toEqual([
      expect.stringMatching(/^Срок оплаты по счёту \d+ — 15\u00A0ноября$/),
      expect.stringMatching(/^Сегодня срок оплаты/),
      expect.stringMatching(/^Просрочена оплата/),
    ]);
    expect(told.said[2]?.text).toContain("не оплачено 450\u00A0₽"); // 650 − 200
    await world.pay(one.accountId, 450_00n);
    expect(await plan("2026-11-25 10:00", one)).toEqual({ planned: 0 });
  });
});

describe("a trial that turns paid", () => {
  test("is warned of before it does, with what it will cost, whatever money there is", async () => {
    await switchOn(database, ["trial_ends"]);
    const tariffId = await world.tariff({ code: "films", feeMinor: 299_00n });
    await database.ownerSql`
      insert into tariff_phases (tariff_id, version, position, months, fee_minor, is_trial) values (${tariffId}, 1, 0, 1, 0, true)`;
    const one = await reachable(world, database, { tariffId });
    await world.pay(one.accountId, 5_000_00n);
    expect(await plan("2026-11-27 10:00", one)).toEqual({ planned: 0 });
    await plan("2026-11-28 10:00", one);
    await told.work(sendMessage, "2026-11-28 10:00");
    expect(told.said).toMatchObject([{ subject: expect.stringContaining("заканчивается 1\u00A0декабря") }]);
    expect(told.said[0]?.text).toContain("«films»");
    expect(told.said[0]?.text).toContain("299\u00A0₽");
    await plan("2026-11-30 00:10", one);
    await database.sql`update subscriptions set ended_on = '2026-12-01' where account_id = ${one.accountId}`;
    await told.work(sendMessage, "2026-11-30 09:00");
    expect(await stateOf(one)).toEqual([
      ["sms", "dropped", "over"],
      ["email", "sent", null],
    ]);
  });
});

describe("sending", () => {
  test("a letter says what is true when it goes, leaves its text in the log and the address only masked", async () => {
    const anna = await short();
    await plan("2026-11-28 10:00", anna);
    await world.pay(anna.accountId, 50_00n);
    expect(await told.work(sendMessage, "2026-11-28 10:00")).toBe(1);
    expect(told.said).toMatchObject([
      {
        channel: "email",
        to: `s${anna.accountNumber}@mail.example`,
        subject: expect.stringContaining(anna.accountNumber),
      },
    ]);
    // 650 − (750 + 50 − 650) = 500
    expect(told.said[0]?.text).toMatch(/не хватает 500\u00A0₽/);
    expect(told.said[0]?.text).toContain("https://my.example/pay");
    const [logged] = await logOf(anna);
    expect(logged).toMatchObject({ state: "sent", carrier: "smtp", attempts: 1, recipient: "s···@mail.example" });
    expect(logged?.body).toBe(told.said[0]?.text);
    expect(await audits("reminder.send", logged?.messageId ?? "")).toHaveLength(1);
    expect(
      await database.sql`select 1 from events where type = 'message.sent' and account_id = ${anna.accountId}`,
    ).toHaveLength(1);
  });

  test("in the reader's language, and in its own by every channel", async () => {
    const anna = await short();
    await database.sql`insert into users (id, role, display_name, customer_id, password_hash, locale)
      values (${world.ctx.newId()}, 'subscriber', 'Anna', ${anna.customerId}, 'x', 'en')`;
    await plan("2026-11-30 10:00", anna);
    await told.work(sendMessage, "2026-11-30 10:00");
    expect(told.said.map((one) => one.channel).sort()).toEqual(["email", "sms"]);
    expect(told.said.find((one) => one.channel === "sms")?.text).toMatch(/^Account \d+: 650\u00A0₽ on 1\u00A0December/);
  });

  test("asked for in the night, or before its hour, waits for the morning by itself", async () => {
    const anna = await short();
    await plan("2026-11-28 10:00", anna);
    const [message] = await logOf(anna);
    const key = { accountId: anna.accountId, messageId: message?.messageId ?? "" };
    await database.sql`delete from graphile_worker._private_jobs`;
    expect(await sendMessage(told.ctx("2026-11-28 23:00"), key)).toEqual({ state: "planned", reason: null });
    expect((await logOf(anna))[0]?.plannedFor).toEqual(wall("2026-11-29 09:00"));
    expect(await sendMessage(told.ctx("2026-11-29 08:00"), key)).toEqual({ state: "planned", reason: null });
    expect(told.said).toEqual([]);
    expect(await told.work(sendMessage, "2026-11-29 09:00"), "its job was moved along").toBe(1);
    expect(told.said).toHaveLength(1);
  });

  test("twice sends once", async () => {
    const anna = await short();
    await plan("2026-11-28 10:00", anna);
    const [message] = await logOf(anna);
    const key = { accountId: anna.accountId, messageId: message?.messageId ?? "" };
    await sendMessage(told.ctx("2026-11-28 10:00"), key);
    expect(await sendMessage(told.ctx("2026-11-28 10:01"), key)).toEqual({ state: "sent", reason: null });
    expect(told.said).toHaveLength(1);
  });

  test("stops when money came, when an exception was made, when the channel is not wanted, when the step is off", async () => {
    const [paid, excepted, unwilling, off] = [await short(), await short(), await short(), await short()];
    await plan("2026-11-28 00:10", paid, excepted, unwilling, off);
    await world.pay(paid.accountId, 550_00n);
    await addException(world.asStaff("support_lead"), {
      accountId: excepted.accountId,
      reason: "dispute",
      untilOn: "2027-01-01",
    });
    await setChannelChoices(world.asSubscriber(unwilling.customerId), {
      accountId: unwilling.accountId,
      choices: [{ event: "money_ends", channel: "email", isWanted: false }],
    });
    const [message] = await logOf(off);
    await told.work(sendMessage, "2026-11-28 09:00");
    expect(told.said.map((one) => one.to)).toEqual([`s${off.accountNumber}@mail.example`]);
    expect(message?.state).toBe("planned");
    expect(await stateOf(paid)).toEqual([["email", "dropped", "paid"]]);
    expect(await stateOf(excepted)).toEqual([["email", "dropped", "exception"]]);
    expect(await stateOf(unwilling)).toEqual([["email", "dropped", "unwanted"]]);
    const last = await short();
    await plan("2026-11-28 00:10", last);
    await database.sql`update dunning_steps set is_on = false`;
    await told.work(sendMessage, "2026-11-28 09:00");
    expect(await stateOf(last)).toEqual([["email", "dropped", "step_off"]]);
  });

  test("a payment in the night takes its reminder out of the plan at once, and leaves the others in it", async () => {
    const [paid, still] = [await short(), await short()];
    await plan("2026-11-28 00:10", paid, still);
    expect(await dropMessages(told.ctx("2026-11-28 02:00")), "nothing has moved").toMatchObject({ dropped: 0 });
    await world.pay(paid.accountId, 550_00n);
    await world.pay(still.accountId, 1_00n);
    expect(await dropMessages(told.ctx("2026-11-28 02:00"))).toMatchObject({ looked: 2, dropped: 1 });
    expect(await dropMessages(told.ctx("2026-11-28 02:01")), "each is looked at once").toMatchObject({ looked: 0 });
    expect(await stateOf(paid)).toEqual([["email", "dropped", "paid"]]);
    expect(await stateOf(still)).toEqual([["email", "planned", null]]);
    const [dropped] = await logOf(paid);
    expect(await audits("reminder.drop", dropped?.messageId ?? "")).toMatchObject([{ after: { reason: "paid" } }]);
  });

  test("to somebody without an address fails and says why; with one it can be sent after all", async () => {
    const anna = await short({ email: null });
    await plan("2026-11-28 10:00", anna);
    await told.work(sendMessage, "2026-11-28 10:00");
    expect(await stateOf(anna)).toEqual([["email", "failed", "no_address"]]);
    const [message] = await logOf(anna);
    const key = { accountId: anna.accountId, messageId: message?.messageId ?? "" };
    await database.sql`update customers set email = 'anna@mail.example' where id = ${anna.customerId}`;
    world.travelTo("2026-11-28");
    await resendMessage(world.asStaff("support_lead"), key);
    await told.work(sendMessage, "2026-11-28 12:00");
    expect(await stateOf(anna)).toEqual([["email", "sent", null]]);
    await expect(resendMessage(world.asStaff("support_lead"), key)).rejects.toMatchObject({
      reason: "message.not_resendable",
    });
    expect(await audits("reminder.resend", key.messageId)).toHaveLength(1);
  });
});

describe("a far side that does not take it", () => {
  const busy = { kind: "again", reason: "busy" } as const;

  test("is asked again after growing pauses, never in the night, and left alone after the sixth time", async () => {
    const anna = await short();
    await plan("2026-11-28 20:30", anna);
    told.answers.push(busy, busy, busy);
    for (const at of ["20:30", "20:31", "20:36"]) expect(await told.work(sendMessage, `2026-11-28 ${at}`)).toBe(1);
    expect(await logOf(anna)).toMatchObject([{ state: "planned", reason: "busy", attempts: 3 }]);
    expect((await logOf(anna))[0]?.plannedFor, "half an hour later it is night").toEqual(wall("2026-11-29 09:00"));
    told.answers.push(busy, busy, busy);
    for (const at of ["2026-11-29 09:00", "2026-11-29 11:00", "2026-11-29 17:00"])
      expect(await told.work(sendMessage, at)).toBe(1);
    expect(await stateOf(anna)).toEqual([["email", "failed", "busy"]]);
    expect(told.said).toEqual([]);
  });

  test("and while it waits, a payment stops it", async () => {
    const anna = await short();
    await plan("2026-11-28 10:00", anna);
    told.answers.push(busy);
    await told.work(sendMessage, "2026-11-28 10:00");
    await world.pay(anna.accountId, 550_00n);
    await told.work(sendMessage, "2026-11-28 10:01");
    expect(await stateOf(anna)).toEqual([["email", "dropped", "paid"]]);
  });

  test("for ever, is not asked again", async () => {
    const anna = await short();
    await plan("2026-11-28 10:00", anna);
    told.answers.push({ kind: "refused", reason: "address_refused" });
    await told.work(sendMessage, "2026-11-28 10:00");
    expect(await stateOf(anna)).toEqual([["email", "failed", "address_refused"]]);
    expect(await sendJobs()).toHaveLength(0);
  });

  test("nobody can tell whether: unknown is not failed, and it is not sent again by itself", async () => {
    const anna = await short();
    await plan("2026-11-28 10:00", anna);
    told.answers.push({ kind: "unknown", reason: "no_answer" });
    await told.work(sendMessage, "2026-11-28 10:00");
    expect(await stateOf(anna)).toEqual([["email", "unknown", "no_answer"]]);
    expect(await sendJobs()).toHaveLength(0);
  });

  test("a worker that died in the middle leaves it unknown; its late answer is still believed", async () => {
    const anna = await short();
    await plan("2026-11-28 10:00", anna);
    const [message] = await logOf(anna);
    const key = { accountId: anna.accountId, messageId: message?.messageId ?? "" };
    let answer: () => void = () => undefined;
    told.answers.push(() => new Promise((resolve) => (answer = () => resolve({ kind: "sent", reason: null }))));
    const first = sendMessage(told.ctx("2026-11-28 10:00"), key);
    await expect.poll(() => stateOf(anna)).toEqual([["email", "sending", null]]);
    expect(await sendMessage(told.ctx("2026-11-28 10:05"), key)).toEqual({ state: "unknown", reason: "interrupted" });
    expect(told.said, "the second did not send").toEqual([]);
    answer();
    expect(await first).toEqual({ state: "sent", reason: null });
    expect(await stateOf(anna)).toEqual([["email", "sent", null]]);
  });
});

describe("exceptions", () => {
  test("keep an account silent until their day, one at a time, and end early when a person ends them", async () => {
    const anna = await short();
    const lead = world.asStaff("support_lead");
    const { accountId } = anna;
    const input = { accountId, reason: "public_body", note: "бюджет", untilOn: "2026-12-01" } as const;
    const { exceptionId: first } = await addException(lead, { ...input, untilOn: "2026-11-20" });
    const { exceptionId } = await addException(lead, input);
    expect(
      await listExceptions(lead, {}).then((rows) => rows.filter((row) => row.accountId === accountId)),
    ).toMatchObject([{ exceptionId, untilOn: "2026-12-01", reason: "public_body" }]);
    expect(await audits("reminder.add_exception", first)).toHaveLength(1);
    expect(await plan("2026-11-28 10:00", anna)).toEqual({ planned: 0 });
    await endException(lead, { accountId, exceptionId });
    await expect(endException(lead, { accountId, exceptionId })).rejects.toMatchObject({ kind: "not_found" });
    expect(await plan("2026-11-28 10:00", anna)).toEqual({ planned: 1 });
    await addException(lead, { ...input, untilOn: "2026-11-02" });
    world.travelTo("2026-11-20");
    await addException(world.asStaff("support_lead"), { ...input, untilOn: "2026-12-01" });
    expect(await audits("reminder.add_exception", exceptionId)).toHaveLength(1);
  });

  test("that would be over before they begin are refused, and so is whoever may not make them", async () => {
    const anna = await short();
    const input = { accountId: anna.accountId, reason: "vip", untilOn: "2026-11-01" } as const;
    await expect(addException(world.asStaff("support_lead"), input)).rejects.toMatchObject({
      reason: "reminder_exception.in_the_past",
    });
    const later = { ...input, untilOn: "2026-12-01" } as const;
    await expect(addException(world.asStaff("support_agent"), later)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(addException(world.asSubscriber(anna.customerId), later)).rejects.toMatchObject({ kind: "forbidden" });
  });
});
