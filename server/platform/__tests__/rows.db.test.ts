import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { pgArray, rowsOf } from "../rows";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

async function roundTrip(values: readonly (string | null)[]) {
  const rows = await rowsOf<{ value: string | null }>(
    database,
    sql`select value from unnest(${pgArray(values, "text")}) with ordinality as v(value, place) order by place`,
  );
  return rows.map((row) => row.value);
}

test("texts come back as they went, whatever they hold", async () => {
  const texts = [
    "",
    " ",
    "NULL",
    "null",
    null,
    "{}",
    "{1,2}",
    "a,b",
    'say "hi"',
    "it's",
    "back\\slash",
    '\\"',
    '\\\\"',
    "\\",
    "line\nbreak\ttab\r",
    "'); drop table transfers; --",
    '","; drop table transfers; --',
    "$1",
    "ООО «Ромашка» 🙂",
  ];
  expect(await roundTrip(texts)).toEqual(texts);
});

test("any mixture of the characters that an array's text gives a meaning comes back as it went", async () => {
  const letters = ['"', "\\", ",", "{", "}", " ", "N", "'", "é", "\n"];
  const texts = Array.from({ length: 2_000 }, (_, index) =>
    Array.from(
      { length: index % 7 },
      (_, place) => letters[(index * 31 + place * place * 7 + place) % letters.length],
    ).join(""),
  );
  expect(await roundTrip(texts)).toEqual(texts);
});

test("an array of nothing is empty, and kopecks past 2^53 keep every digit", async () => {
  expect(await roundTrip([])).toEqual([]);
  const amounts = [9_007_199_254_740_993n, -9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n, 0n];
  const rows = await rowsOf<{ value: string }>(
    database,
    sql`select value from unnest(${pgArray(amounts, "bigint")}) with ordinality as v(value, place) order by place`,
  );
  expect(rows.map((row) => BigInt(row.value))).toEqual(amounts);
});
