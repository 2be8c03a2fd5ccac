import { getTranslations } from "next-intl/server";
import { ChannelsCard, QuietHoursCard } from "@/components/reminders/channels-card";
import { LadderCard, templateCodes } from "@/components/reminders/ladder-card";
import { RemindersHeader } from "@/components/reminders/reminders-header";
import { AddStepDialog } from "@/components/reminders/step-dialogs";
import { api } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { may } from "@/server/domain/identity";
import { REMINDER_EVENTS } from "@/server/domain/notifications/constants";

export async function generateMetadata() {
  return { title: (await getTranslations("reminders"))("title") };
}

export default async function LadderPage() {
  const { actor } = await requirePage("reminder:read");
  const [ladder, t] = await Promise.all([
    api().then((call) => call.reminders.ladder()),
    getTranslations("reminders.ladder"),
  ]);
  const mayEdit = may(actor, "reminder:edit");
  const codes = new Map(REMINDER_EVENTS.map((event) => [event, templateCodes(ladder, event)]));
  return (
    <>
      <RemindersHeader
        page="ladder"
        sub={t("sub", { on: ladder.steps.filter((step) => step.isOn).length })}
        actions={mayEdit ? <AddStepDialog codes={codes} /> : null}
      />
      <div className="grid items-start gap-3.5 xl:grid-cols-[minmax(0,1fr)_minmax(20rem,24rem)]">
        <div className="grid min-w-0 gap-3.5">
          {REMINDER_EVENTS.map((event) => (
            <LadderCard key={event} event={event} ladder={ladder} mayEdit={mayEdit} />
          ))}
        </div>
        <div className="grid min-w-0 gap-3.5">
          <ChannelsCard carriers={ladder.carriers} />
          <QuietHoursCard hours={ladder.quietHours} mayEdit={mayEdit} />
        </div>
      </div>
    </>
  );
}
