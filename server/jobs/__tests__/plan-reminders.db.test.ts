import { expect, test } from "vitest";
import { testDatabaseForThisTest } from "@/db/testing/database";
import { notices, reachable, switchOn } from "@/server/domain/notifications/__tests__/notices";
import { createWorld } from "@/server/scenarios/world";
import { chargeDueAccounts } from "../charge-due-accounts";
import { planReminders } from "../plan-reminders";

test("reminders wait for the day's charge, one broken account keeps nobody from being told, and a day is planned once", async () => {
  const database = await testDatabaseForThisTest();
  const world = await createWorld(database.db, "2026-11-28");
  const told = notices(world, database);
  await switchOn(database);
  const [anna, broken, boris] = [
    await reachable(world, database),
    await reachable(world, database),
    await reachable(world, database),
  ];
  await database.ownerSql.unsafe(`
    create function refuse_one() returns trigger language plpgsql as $$
    begin
      if new.account_id = '${broken.accountId}' then raise exception 'no'; end if;
      return new;
    end $$;
    create trigger refuse_one before insert on messages for each row execute function refuse_one();`);
  const planned = async () =>
    (await database.sql<{ id: string }[]>`select distinct account_id as id from messages`).map((row) => row.id).sort();

  await planReminders(told.ctx("2026-11-28 00:05"));
  expect(await planned(), "nothing before the day is charged").toEqual([]);
  await chargeDueAccounts(told.ctx("2026-11-28 00:10"));
  await planReminders(told.ctx("2026-11-28 00:20"));
  expect(await planned()).toEqual([anna.accountId, boris.accountId].sort());

  await database.ownerSql`delete from messages`;
  await planReminders(told.ctx("2026-11-28 00:30"));
  expect(await planned(), "the day's plan is made").toEqual([]);
});
