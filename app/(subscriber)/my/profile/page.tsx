import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ProfileView } from "@/components/cabinet/profile-view";
import { api, orNotFound } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { accountInput, type PageProps, textOf } from "../search-params";
import { endOneSession, endOtherSessions } from "./end-sessions";
import { saveReminders } from "./save-reminders";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("cabinet.profile"))("title") };
}

export default async function ProfilePage({ searchParams }: PageProps) {
  await requirePage("cabinet:home");
  const [query, caller] = await Promise.all([searchParams, api()]);
  const [profile, devices] = await Promise.all([
    orNotFound(caller.cabinet.profile(accountInput(query))),
    caller.session.list(),
  ]);
  const done = textOf(query.done);
  return (
    <ProfileView
      profile={profile}
      devices={devices}
      endOne={endOneSession}
      endOthers={endOtherSessions}
      saveReminders={saveReminders}
      remindersSaved={done === "reminders"}
      done={done === "one" || done === "others" ? done : null}
    />
  );
}
