import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { addException, dropMessages, listMessages, sendMessage } from "@/server/domain/notifications";
import { notices, reachable, switchOn } from "@/server/domain/notifications/__tests__/notices";
import { chargeDueAccounts } from "@/server/jobs/charge-due-accounts";
import { planReminders } from "@/server/jobs/plan-reminders";
import { settleAccounts } from "@/server/jobs/settle-accounts";
import { addDays, toDay } from "@/server/kernel/day";
import { createWorld, type Subscriber, type World } from "./world";

let database: TestDatabase;
let world: World;
let told: ReturnType<typeof notices>;
beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-01");
  told = notices(world, database);
  await switchOn(database);
});
afterAll(() => database.close());

/** One day of the house: charged and planned ten past midnight, then whatever the day sends, and what people do at noon. */
async function live(day: string, people: (day: string) => Promise<void>): Promise<void> {
  const night = told.ctx(`${day} 00:10`);
  await chargeDueAccounts(night);
  await planReminders(night);
  await planReminders(told.ctx(`${day} 00:20`));
  expect(await told.work(sendMessage, `${day} 08:59`), "nobody is woken").toBe(0);
  await told.work(sendMessage, `${day} 09:00`);
  world.travelTo(day);
  await people(day);
  await dropMessages(told.ctx(`${day} 12:05`));
  await told.work(sendMessage, `${day} 20:59`);
}

test("from three days before until a week after: who pays hears no more, who is excepted never does", async () => {
  const make = async (balanceMinor: bigint) => {
    const one = await reachable(world, database);
    await world.pay(one.accountId, 650_00n + balanceMinor);
    await settleAccounts(world.ctx, [one.accountId]);
    return one;
  };
  // 650 a month; what is left over after November's fee.
  const [silent, early, late, vip, rich] = [
    await make(100_00n),
    await make(100_00n),
    await make(100_00n),
    await make(100_00n),
    await make(700_00n),
  ];
  await addException(world.asStaff("support_lead"), {
    accountId: vip.accountId,
    reason: "vip",
    untilOn: "2027-01-01",
  });

  for (let day = toDay("2026-11-26"); day <= toDay("2026-12-12"); day = addDays(day, 1)) {
    await live(day, async (today) => {
      // Pays what is missing after the first letter, a day before the short message would go.
      if (today === "2026-11-29") await world.pay(early.accountId, 550_00n);
      // Pays three days after the service was closed.
      if (today === "2026-12-04") {
        await world.pay(late.accountId, 600_00n);
        await settleAccounts(world.ctx, [late.accountId]);
      }
    });
  }

  expect(await storyOf(silent)).toEqual(["email -3 sent", "sms -1 sent", "email 0 sent", "sms 0 sent", "email 7 sent"]);
  expect(await storyOf(early)).toEqual(["email -3 sent"]);
  expect(await storyOf(late)).toEqual(["email -3 sent", "sms -1 sent", "email 0 sent", "sms 0 sent"]);
  expect(await storyOf(vip)).toEqual([]);
  expect(await storyOf(rich)).toEqual([]);
  expect(told.said).toHaveLength(10);

  const letters = told.said.filter((one) => one.to === `s${silent.accountNumber}@mail.example`);
  expect(letters.map((one) => one.text.match(/не хватает [^,.\n]*/i)?.[0])).toEqual([
    "не хватает 550\u00A0₽", // 650 − 100
    "Не хватает 550\u00A0₽",
    // On the eighth, 24 of December's 31 days are left: 650 × 24 / 31 = 503.23, less the 100 there are, up to a ruble.
    "не хватает 404\u00A0₽",
  ]);
});

test("a reminder planned for the morning is dropped when the money comes in the night", async () => {
  world.travelTo("2027-01-02");
  const one = await reachable(world, database);
  await world.pay(one.accountId, 1_000_00n);
  await settleAccounts(world.ctx, [one.accountId]);
  const night = told.ctx("2027-01-29 00:10");
  await chargeDueAccounts(night);
  await planReminders(night);
  expect(await storyOf(one)).toEqual(["email -3 planned"]);
  world.travelTo("2027-01-29");
  await world.pay(one.accountId, 1_000_00n);
  await dropMessages(told.ctx("2027-01-29 03:00"));
  expect(await storyOf(one)).toEqual(["email -3 dropped"]);
  told.said.length = 0;
  await told.work(sendMessage, "2027-01-29 09:00");
  expect(told.said.filter((message) => message.to.includes(one.accountNumber))).toEqual([]);
});

async function storyOf({ accountId }: Subscriber): Promise<string[]> {
  const { messages } = await listMessages(world.ctx, { accountId });
  return messages.map((one) => `${one.channel} ${one.offsetDays} ${one.state}`).sort(byStep);
}

const byStep = (a: string, b: string) => Number(a.split(" ")[1]) - Number(b.split(" ")[1]) || (a < b ? -1 : 1);
