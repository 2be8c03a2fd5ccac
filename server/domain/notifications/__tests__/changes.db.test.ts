import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { setChangeDefault } from "@/server/domain/catalog";
import {
  CHANGE_EVENTS,
  changeStep,
  listMessages,
  planMessages,
  readLadder,
  sendMessage,
  setChannelChoices,
} from "@/server/domain/notifications";
import { billAccounts, changeTariff } from "@/server/domain/runs";
import { cancelTariffChange, endSubscription } from "@/server/domain/subscriptions";
import { planChangeNews } from "@/server/jobs/plan-reminders";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";
import { type Notices, notices, reachable } from "./notices";

let database: TestDatabase;
let world: World;
let told: Notices;
let cheap: string;
let dear: string;
let dearest: string;

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-01");
  told = notices(world, database);
  cheap = await world.tariff({ code: "cheap", feeMinor: 600_00n });
  dear = await world.tariff({ code: "dear", feeMinor: 900_00n });
  dearest = await world.tariff({ code: "dearest", feeMinor: 1_200_00n });
  const { steps } = await readLadder(told.ctx());
  for (const { id: stepId, event: _event, sentInMonth: _sent, ...step } of steps.filter(
    (one) => one.event.startsWith("change_") || one.event === "price_changes",
  )) {
    await changeStep(world.ctx, { ...step, stepId, isOn: step.channel === "email" });
  }
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.sql`delete from graphile_worker._private_jobs`;
  told.said.length = 0;
  world.travelTo("2026-11-01");
});

/** Paid 2000 and charged 600 for November. */
async function onTheFirst(money = 2_000_00n): Promise<Subscriber> {
  world.travelTo("2026-11-01");
  const one = await reachable(world, database, { tariffId: cheap });
  await world.pay(one.accountId, money);
  await bill(one);
  return one;
}
const changesCost = (feeMinor: bigint) =>
  setChangeDefault(world.asStaff("admin"), { direction: "up", allowed: true, feeMinor, timing: "either" });
const bill = ({ accountId }: Subscriber) => billAccounts(world.ctx, { accountIds: [accountId] });
const ask = ({ accountId, subscriptionId }: Subscriber, toTariffId: string, when: "now" | "next_period") =>
  changeTariff(world.ctx, { accountId, subscriptionId, toTariffId, when });
const logOf = async ({ accountId }: Subscriber) =>
  (await listMessages(world.asStaff("support_agent"), { accountId })).messages;
const eventsOf = async (one: Subscriber) => (await logOf(one)).map(({ event, state }) => `${event} ${state}`);

/** Does as the worker does: what the events have enqueued, at noon of the world's day. */
async function tell(): Promise<string[]> {
  const jobs = await database.sql<{ payload: { accountIds: string[] } }[]>`
    delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
    where t.id = j.task_id and t.identifier = 'tell_account' returning j.payload`;
  const before = told.said.length;
  for (const { payload } of jobs) await planChangeNews(world.ctx, payload.accountIds);
  await told.work(sendMessage, `${world.today()} 12:00`);
  return told.said.slice(before).map((message) => `${message.subject}\n${message.text}`);
}

describe("a change of tariff", () => {
  test("that is scheduled is told of at once: the day, the new fee, and what was charged for it", async () => {
    await changesCost(100_00n);
    const anna = await onTheFirst();
    world.travelTo("2026-11-10");
    await ask(anna, dear, "next_period");
    await changesCost(0n);
    const [letter, ...others] = await tell();
    expect(others).toEqual([]);
    expect(letter).toContain("«dear» с 1\u00A0декабря");
    expect(letter).toContain("вместо «cheap» начнёт действовать «dear»: 900\u00A0₽ за период");
    expect(letter).toContain("за смену тарифа списано 100\u00A0₽");
    expect(letter).toContain("На счёте 1\u00A0300\u00A0₽"); // 2000 − 600 − 100
    await tell();
    expect(await eventsOf(anna), "and once").toEqual(["change_scheduled sent"]);
  });

  test("that comes into force is told of when charging makes it, with what it charged", async () => {
    const boris = await onTheFirst();
    world.travelTo("2026-11-10");
    await ask(boris, dear, "next_period");
    await tell();
    world.travelTo("2026-12-01");
    await bill(boris);
    const [letter, ...others] = await tell();
    expect(others).toEqual([]);
    expect(letter).toContain("Тариф изменён: «dear» с 1\u00A0декабря");
    expect(letter).toContain("900\u00A0₽ за период");
    expect(letter).toContain("При смене по новому тарифу списано 900\u00A0₽. На счёте 500\u00A0₽."); // 2000 − 600 − 900
  });

  test("at once says what was given back and what was charged", async () => {
    const vera = await onTheFirst();
    world.travelTo("2026-11-11");
    const change = await ask(vera, dear, "now");
    // used 10 of 30 days: 400 back; 900 × 20 / 30 = 600 for the rest
    expect(change).toMatchObject({ chargedMinor: 600_00n, returnedMinor: 400_00n });
    expect(await tell()).toEqual([
      expect.stringContaining("При смене по новому тарифу списано 600\u00A0₽, возвращено 400\u00A0₽."),
    ]);
  });

  test("that is taken back is told of with the fee that came back; what replaces it is told of instead of that", async () => {
    await changesCost(100_00n);
    const [gleb, dina] = [await onTheFirst(), await onTheFirst()];
    world.travelTo("2026-11-10");
    await ask(gleb, dear, "next_period");
    await ask(dina, dear, "next_period");
    await tell();
    world.travelTo("2026-11-12");
    await cancelTariffChange(world.ctx, gleb);
    await ask(dina, dearest, "next_period");
    await changesCost(0n);
    const letters = await tell();
    expect(letters.toSorted()).toEqual([
      expect.stringMatching(/^Смена тарифа запланирована: «dearest»[\s\S]*списано 100\u00A0₽, возвращено 100\u00A0₽/),
      expect.stringMatching(/^Смена тарифа отменена: остаётся «cheap»[\s\S]*По отмене возвращено 100\u00A0₽/),
    ]);
  });

  test("whose day comes when the service is gone is told of as not made, with its fee back", async () => {
    await changesCost(100_00n);
    const egor = await onTheFirst();
    world.travelTo("2026-11-10");
    await ask(egor, dear, "next_period");
    await changesCost(0n);
    await tell();
    await endSubscription(world.ctx, { ...egor, endedOn: "2026-11-20", reason: "left" });
    world.travelTo("2026-12-01");
    await bill(egor);
    const [letter, ...others] = await tell();
    expect(others).toEqual([]);
    expect(letter).toContain("Смена тарифа не состоялась: «dear»");
    expect(letter).toContain("По этой смене возвращено 100\u00A0₽");
    expect(
      await database.sql`select 1 from events where type = 'subscription.change_failed' and account_id = ${egor.accountId}`,
    ).toHaveLength(1);
  });

  test("asked for again after a message has gone out is told of the next day, as it is by then", async () => {
    const zoya = await onTheFirst();
    world.travelTo("2026-11-10");
    await ask(zoya, dear, "next_period");
    expect(await tell()).toEqual([expect.stringContaining("запланирована: «dear»")]);
    await database.sql`update messages set started_at = started_at - interval '1 minute' where account_id = ${zoya.accountId}`;
    await ask(zoya, dearest, "next_period");
    expect(await tell(), "not twice in a day").toEqual([]);
    world.travelTo("2026-11-11");
    await planMessages(world.ctx, { accountIds: [zoya.accountId] });
    expect(await tell()).toEqual([expect.stringContaining("запланирована: «dearest»")]);
    world.travelTo("2026-11-12");
    await planMessages(world.ctx, { accountIds: [zoya.accountId] });
    expect(await tell()).toEqual([]);
  });

  test("waits for the morning, and is not told of when it was taken back meanwhile", async () => {
    const ivan = await onTheFirst();
    world.travelTo("2026-11-10");
    await ask(ivan, dear, "next_period");
    await planMessages(told.ctx("2026-11-10 23:00"), { accountIds: [ivan.accountId], events: [...CHANGE_EVENTS] });
    await cancelTariffChange(world.ctx, ivan);
    await told.work(sendMessage, "2026-11-11 09:00");
    expect(told.said).toEqual([]);
    expect(await eventsOf(ivan)).toEqual(["change_scheduled dropped"]);
  });

  test("is not told of by a channel that its subscriber does not want, and nothing of money is planned beside it", async () => {
    const lena = await onTheFirst(600_00n);
    await database.sql`update dunning_steps set is_on = true where event = 'money_ends'`;
    await setChannelChoices(world.asSubscriber(lena.customerId), {
      accountId: lena.accountId,
      choices: [{ event: "tariff_change", channel: "email", isWanted: false }],
    });
    world.travelTo("2026-11-30");
    await ask(lena, dear, "next_period");
    expect(await tell()).toEqual([]);
    expect(await logOf(lena)).toEqual([]);
    await database.sql`update dunning_steps set is_on = false where event = 'money_ends'`;
  });
});

describe("a price that reaches those who are there already", () => {
  test("is told of two weeks before their own next period, with what it was and will be", async () => {
    const tariffId = await world.tariff({ code: "moving", feeMinor: 500_00n });
    const one = await reachable(world, database, { tariffId });
    await world.pay(one.accountId, 5_000_00n);
    await database.ownerSql`
      insert into tariff_prices (tariff_id, version, new_from, existing_from, fee_minor)
      values (${tariffId}, 2, '2026-11-05', '2026-11-25', 55000)`;
    const plan = (at: string) => planMessages(told.ctx(at), { accountIds: [one.accountId] });
    expect(await plan("2026-11-16 10:00")).toEqual({ planned: 0 });
    expect(await plan("2026-11-17 10:00")).toEqual({ planned: 1 });
    await told.work(sendMessage, "2026-11-17 10:00");
    expect(told.said).toMatchObject([{ subject: "С 1\u00A0декабря меняется цена: «moving»" }]);
    expect(told.said[0]?.text).toContain("будет стоить 550\u00A0₽ за период вместо 500\u00A0₽");
    expect(await plan("2026-11-18 10:00")).toEqual({ planned: 0 });
  });
});
