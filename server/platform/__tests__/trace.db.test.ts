import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { testDatabaseForThisTest } from "@/db/testing/database";
import { DomainError } from "@/server/kernel/errors";
import { traceOf, withoutParameters } from "../trace";

const CANARY = "+79990001122";

test("a failed query tells its state and its place, and nothing of what was sent with it", async () => {
  const { db } = await testDatabaseForThisTest();
  const error = await db.execute(sql`select ${CANARY}::uuid`).catch((caught: unknown) => caught);
  expect(String(error), "the driver's own message holds the value").toContain(CANARY);
  expect(JSON.stringify(traceOf(error))).not.toContain("7999");
  expect(traceOf(error)).toMatchObject({ sqlState: "22P02" });
  expect(withoutParameters(error).message).toMatch(/22P02$/);
  expect(withoutParameters(error).cause).toBeUndefined();
});

test("our own refusals keep their reason", () => {
  expect(withoutParameters(new DomainError("not_found", "payment.not_found")).message).toBe("payment.not_found");
});
