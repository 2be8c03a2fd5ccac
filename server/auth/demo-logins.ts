import { listKnownLogins } from "@/server/domain/identity";
import { env } from "@/server/env";
import type { Context } from "@/server/platform/context";
import type { Role } from "@/server/platform/roles";

export interface DemoLogin {
  readonly role: Role;
  readonly login: string;
  /** What this subscriber is there to show. */
  readonly story?: "steady" | "short";
}

/** Known to everybody, so these logins are made by the demo alone and shown only where `UZEL_DEMO` is set. */
export const DEMO_PASSWORD = "uzel-demo";

export const DEMO_LOGINS: readonly DemoLogin[] = [
  { role: "subscriber", login: "+79020000001", story: "steady" },
  { role: "subscriber", login: "+79020000002", story: "short" },
  { role: "support_agent", login: "support@demo.uzel" },
  { role: "support_lead", login: "lead@demo.uzel" },
  { role: "billing_operator", login: "billing@demo.uzel" },
  { role: "product_manager", login: "product@demo.uzel" },
  { role: "manager", login: "manager@demo.uzel" },
  { role: "admin", login: "admin@demo.uzel" },
];

/** What the sign-in page of a demo offers: of the demo's logins those that are there, so none beside real subscribers. */
export async function readDemoLogins(ctx: Context, demo: boolean = env.UZEL_DEMO): Promise<readonly DemoLogin[]> {
  if (!demo) return [];
  const logins = DEMO_LOGINS.map(({ login }) => login);
  const known = new Set(await listKnownLogins(ctx, logins));
  return DEMO_LOGINS.filter(({ login }) => known.has(login));
}
