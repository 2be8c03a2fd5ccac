import { asc } from "drizzle-orm";
import { legalEntities } from "@/db/schema";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";

/** The operator's own company that contracts are signed with. Throws `precondition` until the operator is set up. */
export async function readLegalEntity(ctx: Context) {
  const [entity] = await ctx.db.select().from(legalEntities).orderBy(asc(legalEntities.createdAt)).limit(1);
  if (!entity) throw new DomainError("precondition", "operator.not_set_up");
  return entity;
}
