import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { dropOldLimits, givePointBack, takePoint } from "../rate-limit";

let database: TestDatabase;
let at = new Date("2026-11-22T10:00:00Z");
const ctx = () => ({ db: database.db, now: () => at });
const LIMIT = { points: 3, windowMs: 60_000 };

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test("a window gives its points, refuses the next with the time to wait, and begins anew when it is over", async () => {
  for (let index = 0; index < 3; index += 1) expect((await takePoint(ctx(), "a", LIMIT)).taken).toBe(true);
  at = new Date(at.getTime() + 20_000);
  expect(await takePoint(ctx(), "a", LIMIT)).toEqual({ taken: false, retryAfterMs: 40_000 });
  expect((await takePoint(ctx(), "b", LIMIT)).taken).toBe(true);
  at = new Date(at.getTime() + 40_000);
  expect((await takePoint(ctx(), "a", LIMIT)).taken).toBe(true);
});

test("a point given back can be taken again, however many were refused in between", async () => {
  for (let index = 0; index < 9; index += 1) await takePoint(ctx(), "c", LIMIT);
  await givePointBack(ctx(), "c");
  await givePointBack(ctx(), "c");
  expect((await takePoint(ctx(), "c", LIMIT)).taken).toBe(true);
});

test("a hundred at once share one count", async () => {
  const answers = await Promise.all(Array.from({ length: 100 }, () => takePoint(ctx(), "d", LIMIT)));
  expect(answers.filter((answer) => answer.taken)).toHaveLength(3);
});

test("counters whose window is over are swept, the others stay", async () => {
  await takePoint(ctx(), "old", { points: 1, windowMs: 1_000 });
  await takePoint(ctx(), "new", { points: 1, windowMs: 3_600_000 });
  at = new Date(at.getTime() + 120_000);
  await dropOldLimits(ctx());
  const keys = await database.sql<{ key: string }[]>`select key from rate_limits`;
  expect(keys.map((row) => row.key)).toEqual(["new"]);
});
