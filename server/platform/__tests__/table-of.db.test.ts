import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { type Column, pgArray, rowsOf, tableOf } from "../rows";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

interface Row {
  readonly name: string;
  readonly sum: bigint;
  readonly day: string | null;
}
const columns: Record<string, Column<Row>> = {
  name: ["text", (row) => row.name],
  sum: ["bigint", (row) => row.sum],
  day: ["date", (row) => row.day],
};
const read = (batch: readonly Row[]) =>
  rowsOf(
    database,
    sql`select name, sum::text as sum, day::text as day, place::int as place from ${tableOf(batch, columns)} t order by place`,
  );

test("a batch keeps its order and its values, those that are all the same too", async () => {
  const names = ["", "null", "a,b", '"', "\\", '{"}', "a b", "Ё’жик", "');--", "x\ny", "0", "1e3"];
  const batch = names.map((name, index) => ({ name, sum: BigInt(index) * 10n ** 12n, day: "2026-11-22" }));
  expect(await read(batch)).toEqual(
    batch.map(({ name, sum, day }, index) => ({ name, sum: sum.toString(), day, place: index + 1 })),
  );
});

test("one row, equal rows and nulls are rows like others", async () => {
  const one = { name: "a", sum: 5n, day: null };
  expect(await read([one])).toEqual([{ name: "a", sum: "5", day: null, place: 1 }]);
  expect(await read([one, one, one])).toHaveLength(3);
  expect(await read([one, { ...one, day: "2026-01-01" }])).toMatchObject([{ day: null }, { day: "2026-01-01" }]);
});

test("a text with a comma stays one element of an array, so no foreign id can ride along", async () => {
  const id = "0195a000-0000-7000-8000-000000000001";
  await expect(rowsOf(database, sql`select unnest(${pgArray([`${id},${id}`], "uuid")})`)).rejects.toThrow();
});
