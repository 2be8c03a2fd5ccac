import { and, asc, eq, gt } from "drizzle-orm";
import { boosts } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";

/** Boosts of an account that are not over, in order. */
export async function listBoosts(ctx: Context, accountId: string) {
  const scope = requirePermission(ctx, "account:read");
  if (scope.kind === "customer") await requireAccounts(ctx, scope, [accountId]);
  return ctx.db
    .select()
    .from(boosts)
    .where(and(eq(boosts.accountId, accountId), gt(boosts.untilAt, ctx.now())))
    .orderBy(asc(boosts.fromAt));
}

/** The boost that a request has already sold; undefined when its key is new. Part of selling one, which asks who may. */
export async function findBoost(tx: Context, accountId: string, id: string) {
  const [boost] = await tx.db
    .select()
    .from(boosts)
    .where(and(eq(boosts.accountId, accountId), eq(boosts.id, id)));
  return boost;
}

export type BoostRow = Awaited<ReturnType<typeof listBoosts>>[number];
