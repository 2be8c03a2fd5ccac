"use server";

import { redirect } from "next/navigation";
import { api, orNotFound } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";

/** Signs out of one other device; a plain form's action. */
export async function endOneSession(form: FormData): Promise<void> {
  await requirePage("cabinet:home");
  await orNotFound((await api()).session.end({ sessionId: String(form.get("session")) }));
  redirect("/my/profile?done=one");
}

export async function endOtherSessions(): Promise<void> {
  await requirePage("cabinet:home");
  await (await api()).session.endOthers();
  redirect("/my/profile?done=others");
}
