import { getTranslations } from "next-intl/server";
import type { Params } from "@/components/blocks/table-url";
import { dayOf } from "@/components/i18n/format-date";
import { DueView } from "@/components/reminders/due-view";
import { readDueParams } from "@/components/reminders/list-params";
import { RemindersHeader } from "@/components/reminders/reminders-header";
import { StaleList } from "@/components/reminders/stale-list";
import { api } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { readPage } from "../../../_components/read-page";

export async function generateMetadata() {
  return { title: (await getTranslations("reminders.tabs"))("due") };
}

export default async function DuePage({ searchParams }: { searchParams: Promise<Params> }) {
  const { now, zone } = await requirePage("reminder:read");
  const today = dayOf(now(), zone);
  const [call, params, t] = await Promise.all([api(), searchParams, getTranslations("reminders.due")]);
  const [due, ladder] = await Promise.all([
    readPage(call.reminders.due(readDueParams(params, today))),
    call.reminders.ladder(),
  ]);
  return (
    <>
      <RemindersHeader page="due" sub={t("sub")} />
      {due ? (
        <DueView due={due} today={today} isLadderOff={!ladder.steps.some((step) => step.isOn)} />
      ) : (
        <StaleList page="due" />
      )}
    </>
  );
}
