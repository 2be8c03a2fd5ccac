import { redirect } from "next/navigation";
import { homePath } from "@/server/auth/home-path";
import { pageContext } from "@/server/auth/page-context";

/** Everybody's door: to the cabinet, to the first section of one's role, or to sign in. */
export default async function DoorPage() {
  const { session, actor } = await pageContext();
  if (session.state === "needs_totp") redirect("/login/second-factor");
  redirect(homePath(actor));
}
