import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { may, type Permission } from "@/server/domain/identity";
import { pageContext } from "./page-context";
import { PATH_HEADER } from "./request-headers";
import { loginPath } from "./return-path";
import type { WebContext } from "./web-context";

/**
 * The first line of every page: the context to read with, or away from here: to sign in (and back), to set up a second
 * factor, or to the page that says the role may not. The verbs check again, whatever a page does.
 */
export async function requirePage(permission: Permission): Promise<WebContext> {
  const ctx = await pageContext();
  if (ctx.session.state === "needs_totp") redirect("/login/second-factor");
  if (may(ctx.actor, permission)) return ctx;
  if (ctx.actor.kind !== "anonymous") redirect("/forbidden");
  redirect(loginPath((await headers()).get(PATH_HEADER), ctx.session.state === "ended"));
}
