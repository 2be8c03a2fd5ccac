import { getTranslations } from "next-intl/server";
import type { Params } from "@/components/blocks/table-url";
import { dayOf } from "@/components/i18n/format-date";
import { ExceptionTable } from "@/components/reminders/exception-table";
import { REMINDER_PAGES, RemindersHeader } from "@/components/reminders/reminders-header";
import { TabLinks } from "@/components/ui/tab-links";
import { api } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { may } from "@/server/domain/identity";

export async function generateMetadata() {
  return { title: (await getTranslations("reminders.tabs"))("exceptions") };
}

export default async function ExceptionsPage({ searchParams }: { searchParams: Promise<Params> }) {
  const { actor, now: clock, zone } = await requirePage("reminder:read");
  const [call, params, t] = await Promise.all([api(), searchParams, getTranslations("reminders.exceptions")]);
  const state = params.state === "over" ? "over" : "open";
  const exceptions = await call.reminders.exceptions({ state });
  const now = clock();
  return (
    <>
      <RemindersHeader page="exceptions" sub={t("sub")} />
      <TabLinks
        label={t("states")}
        className="mb-4"
        items={[
          { href: REMINDER_PAGES.exceptions, label: t("open"), current: state === "open" },
          { href: `${REMINDER_PAGES.exceptions}?state=over`, label: t("over"), current: state === "over" },
        ]}
      />
      <ExceptionTable
        exceptions={exceptions}
        now={now}
        today={dayOf(now, zone)}
        mayEnd={may(actor, "reminder:except")}
      />
    </>
  );
}
