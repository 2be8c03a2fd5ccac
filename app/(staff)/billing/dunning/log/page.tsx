import { getTranslations } from "next-intl/server";
import type { Params } from "@/components/blocks/table-url";
import { dayOf } from "@/components/i18n/format-date";
import { readLogParams } from "@/components/reminders/list-params";
import { LogFilters } from "@/components/reminders/log-filters";
import { LogTable } from "@/components/reminders/log-table";
import { RemindersHeader } from "@/components/reminders/reminders-header";
import { StaleList } from "@/components/reminders/stale-list";
import { api } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { may } from "@/server/domain/identity";
import { readPage } from "../../../_components/read-page";

export async function generateMetadata() {
  return { title: (await getTranslations("reminders.tabs"))("log") };
}

export default async function LogPage({ searchParams }: { searchParams: Promise<Params> }) {
  const { actor, now: clock, zone } = await requirePage("reminder:read");
  const [call, raw, t] = await Promise.all([api(), searchParams, getTranslations("reminders.log")]);
  const params = readLogParams(raw);
  const page = await readPage(call.reminders.log({ ...params.filter, ...(params.after && { after: params.after }) }));
  const now = clock();
  return (
    <>
      <RemindersHeader page="log" sub={t("sub")} />
      <LogFilters params={params} />
      {page ? (
        <LogTable
          page={page}
          params={params}
          now={now}
          today={dayOf(now, zone)}
          mayResend={may(actor, "reminder:resend")}
        />
      ) : (
        <StaleList page="log" />
      )}
    </>
  );
}
