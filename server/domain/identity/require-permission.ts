import { and, eq, sql } from "drizzle-orm";
import { accounts } from "@/db/schema";
import { DomainError } from "@/server/kernel/errors";
import type { Actor, Context } from "@/server/platform/context";
import { pgArray } from "@/server/platform/rows";
import { remembered } from "@/server/platform/snapshot";
import { type Permission, POLICY, type PolicyRow } from "./policy";

/** How far a granted permission reaches: everything, or one customer's own. */
export type Scope = { readonly kind: "all" } | { readonly kind: "customer"; readonly customerId: string };

/** Null when the actor may not. */
export function scopeOf(actor: Actor, permission: Permission): Scope | null {
  const row: PolicyRow = POLICY[permission];
  if (actor.kind === "job") return machineMay(row, actor.name) ? { kind: "all" } : null;
  if (actor.kind === "webhook") return machineMay(row, actor.source) ? { kind: "all" } : null;
  if (actor.kind === "anonymous") return row.anyone ? { kind: "all" } : null;
  if (row.anyone || row.roles.includes(actor.role)) return { kind: "all" };
  if (row.own && actor.role === "subscriber" && actor.customerId) {
    return { kind: "customer", customerId: actor.customerId };
  }
  return null;
}

function machineMay(row: PolicyRow, name: string): boolean {
  return row.machines?.some((machine) => machine === "*" || machine === name) ?? false;
}

export function may(actor: Actor, permission: Permission): boolean {
  return scopeOf(actor, permission) !== null;
}

/** The first line of every verb. Throws `unauthenticated` or `forbidden` (`access.forbidden`). */
export function requirePermission(ctx: Context, permission: Permission): Scope {
  const scope = scopeOf(ctx.actor, permission);
  if (scope) return scope;
  if (ctx.actor.kind === "anonymous") throw new DomainError("unauthenticated", "access.sign_in_first");
  throw new DomainError("forbidden", "access.forbidden", { permission });
}

/**
 * Throws `not_found` (`account.not_found`) unless every account exists and is within the scope. Foreign and missing look
 * the same to whoever asks. Within one snapshot the same question is put to the database once.
 */
export async function requireAccounts(ctx: Context, scope: Scope, accountIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(accountIds)];
  const found = await remembered(ctx, ["identity.accounts", scope, wanted], () =>
    ctx.db
      .select({ id: accounts.id })
      .from(accounts)
      .where(
        and(
          sql`${accounts.id} = any(${pgArray(wanted, "uuid")})`,
          scope.kind === "customer" ? eq(accounts.customerId, scope.customerId) : undefined,
        ),
      ),
  );
  if (found.length !== wanted.length) throw new DomainError("not_found", "account.not_found");
}
