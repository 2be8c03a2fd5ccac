"use server";

import { TRPCError } from "@trpc/server";
import { redirect } from "next/navigation";
import { refusalOf } from "@/server/api/errors";
import { api } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";

/** Asks for a pause; a plain form's action. A refusal comes back in the address with what was typed. */
export async function beginPause(form: FormData): Promise<void> {
  await requirePage("cabinet:home");
  const text = (name: string) => String(form.get(name) ?? "");
  const [accountId, fromOn, untilOn] = [text("account"), text("from"), text("until")];
  const call = await api();
  const refused = await reasonOf(call.subscribers.beginSuspension({ accountId, fromOn, untilOn }));
  redirect(
    `/my/pause?${new URLSearchParams({ account: accountId, ...(refused && { ...refused, from: fromOn, until: untilOn }) })}`,
  );
}

/** Comes back early, or cancels what has not begun. */
export async function endPause(form: FormData): Promise<void> {
  await requirePage("cabinet:home");
  const accountId = String(form.get("account") ?? "");
  const call = await api();
  const refused = await reasonOf(
    call.subscribers.endSuspension({ accountId, suspensionId: String(form.get("suspension") ?? "") }),
  );
  redirect(`/my/pause?${new URLSearchParams({ account: accountId, ...(refused ?? { done: "ended" }) })}`);
}

/** What it was refused for, with the one figure that the reason speaks of; null when it was not. */
async function reasonOf(call: Promise<unknown>): Promise<{ error: string; value: string } | null> {
  try {
    await call;
    return null;
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    const { reason, details, fields } = refusalOf(error);
    const { on, days, amountMinor } = details;
    return { error: Object.values(fields ?? {})[0] ?? reason, value: String(on ?? days ?? amountMinor ?? "") };
  }
}
