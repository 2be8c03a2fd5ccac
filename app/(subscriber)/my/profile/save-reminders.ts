"use server";

import { redirect } from "next/navigation";
import { api, orNotFound } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { CHANNELS, TOPICS } from "@/server/domain/notifications/constants";

/** Keeps every tick of the form, those taken away too; a plain form's action. */
export async function saveReminders(form: FormData): Promise<void> {
  await requirePage("cabinet:home");
  const accountId = String(form.get("account"));
  const choices = TOPICS.flatMap((event) =>
    CHANNELS.map((channel) => ({ event, channel, isWanted: form.has(`${event}|${channel}`) })),
  );
  await orNotFound((await api()).cabinet.chooseChannels({ accountId, choices }));
  redirect(`/my/profile?account=${encodeURIComponent(accountId)}&done=reminders`);
}
