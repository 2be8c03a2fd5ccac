"use server";

import { TRPCError } from "@trpc/server";
import { redirect } from "next/navigation";
import { refusalOf } from "@/server/api/errors";
import { api } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";

/** Takes a promised payment; a plain form's action. A refusal comes back as its reason in the address. */
export async function startPromise(form: FormData): Promise<void> {
  await requirePage("cabinet:home");
  const accountId = String(form.get("account") ?? "");
  const consent = form.get("consent") === "on";
  const query = new URLSearchParams({ account: accountId });
  try {
    await (await api()).credit.startPromise({ accountId, consent });
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    query.set("promise", refusalOf(error).reason);
  }
  redirect(`/my?${query}`);
}
