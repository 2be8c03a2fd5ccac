import { may, type Permission } from "@/server/domain/identity";
import type { Actor } from "@/server/platform/context";
import { ROUTE_POLICY } from "./route-policy";

/** Sections in the order in which a role meets them; managers come for figures first. */
const HOMES = ["/my", "/crm", "/analytics", "/links"] as const;
const FIGURES_FIRST = ["/analytics", ...HOMES] as const;

/** The page a person lands on after signing in: the first section that their role may open. */
export function homePath(actor: Actor): string {
  if (actor.kind !== "user") return "/login";
  const order = actor.role === "manager" || actor.role === "product_manager" ? FIGURES_FIRST : HOMES;
  const policy: Readonly<Record<string, Permission | "public">> = ROUTE_POLICY;
  const home = order.find((path) => {
    const permission = policy[path];
    return permission !== undefined && permission !== "public" && may(actor, permission);
  });
  return home ?? "/forbidden";
}
