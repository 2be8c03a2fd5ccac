import { changeDefaults, changePairs } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { CHANGE_DIRECTIONS } from "./constants";
import type { ChangeMatrix } from "./rules/change-terms";

/** The change matrix: a few rows of reference data. A direction that nobody set is allowed, free and at either time. */
export async function readChangeMatrix(ctx: Context): Promise<ChangeMatrix> {
  requirePermission(ctx, "tariff:read");
  const [defaults, pairs] = await Promise.all([
    ctx.db.select().from(changeDefaults),
    ctx.db.select().from(changePairs),
  ]);
  return {
    defaults: CHANGE_DIRECTIONS.map(
      (direction) =>
        defaults.find((row) => row.direction === direction) ?? {
          direction,
          allowed: true,
          feeMinor: 0n,
          timing: "either",
        },
    ),
    pairs,
  };
}
