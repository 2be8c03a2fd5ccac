import { useTranslations } from "next-intl";
import { Card, CardHeader } from "@/components/ui/card";
import { StatusBadge } from "@/components/ui/status-badge";
import { Table, Tbody, Td, Th, Thead, Tr } from "@/components/ui/table";
import type { ReminderEvent } from "@/server/domain/notifications/constants";
import type { LadderFacts, StepFacts } from "./outputs";
import { ChangeStepDialog } from "./step-dialogs";
import { inReadersOrder } from "./template-card";
import { useTemplateWords, useWhenWords } from "./use-step-words";

type Props = { event: ReminderEvent; ladder: LadderFacts; mayEdit: boolean };

/** The steps of one event, in the order they are taken. */
export function LadderCard({ event, ladder, mayEdit }: Props) {
  const t = useTranslations("reminders");
  const steps = ladder.steps.filter((step) => step.event === event);
  const codes = templateCodes(ladder, event);
  return (
    <Card className="overflow-hidden">
      <CardHeader title={t(`event.${event}`)} sub={t(`ladder.what.${event}`)} />
      {steps.length === 0 ? (
        <p className="px-4 pb-4 text-small text-muted">{t("ladder.none")}</p>
      ) : (
        <div className="border-t border-line">
          <Table label={t("ladder.label", { event: t(`event.${event}`) })} dense>
            <Thead>
              <Tr>
                <Th>{t("ladder.column.when")}</Th>
                <Th className="max-sm:hidden">{t("ladder.column.who")}</Th>
                <Th className="max-sm:hidden">{t("ladder.column.how")}</Th>
                <Th className="max-lg:hidden">{t("ladder.column.text")}</Th>
                <Th numeric className="max-sm:hidden">
                  {t("ladder.column.sent")}
                </Th>
                <Th>{t("ladder.column.state")}</Th>
                {mayEdit ? <Th>{null}</Th> : null}
              </Tr>
            </Thead>
            <Tbody>
              {steps.map((step) => (
                <StepRow key={step.id} step={step} codes={codes} mayEdit={mayEdit} />
              ))}
            </Tbody>
          </Table>
        </div>
      )}
    </Card>
  );
}

function StepRow({ step, codes, mayEdit }: { step: StepFacts; codes: readonly string[]; mayEdit: boolean }) {
  const t = useTranslations("reminders");
  const when = useWhenWords();
  const template = useTemplateWords();
  return (
    <Tr>
      <Th scope="row" className="font-medium sm:whitespace-nowrap">
        {when(step.offsetDays)}
        <span className="block font-normal text-muted sm:hidden">
          {t(`channel.${step.channel}`)}, {t(`audience.${step.audience}`)}
        </span>
      </Th>
      <Td className="max-sm:hidden">{t(`audience.${step.audience}`)}</Td>
      <Td className="max-sm:hidden">{t(`channel.${step.channel}`)}</Td>
      <Td className="max-lg:hidden">{template(step.templateCode)}</Td>
      <Td numeric className="max-sm:hidden">
        {step.sentInMonth}
      </Td>
      <Td>
        <StatusBadge tone={step.isOn ? "ok" : "off"} size="s">
          {t(step.isOn ? "ladder.on" : "ladder.off")}
        </StatusBadge>
      </Td>
      {mayEdit ? (
        <Td className="text-right">
          <ChangeStepDialog
            step={step}
            codes={codes}
            name={`${when(step.offsetDays)}, ${t(`channel.${step.channel}`)}`}
          />
        </Td>
      ) : null}
    </Tr>
  );
}

/** The texts that a step of the event may say, in the order of time. */
export function templateCodes(ladder: LadderFacts, event: ReminderEvent): string[] {
  const texts = ladder.templates.filter((one) => one.event === event).toSorted(inReadersOrder);
  return [...new Set(texts.map((one) => one.code))];
}
