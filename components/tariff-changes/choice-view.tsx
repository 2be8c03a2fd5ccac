import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/blocks/empty-state";
import { PageHeader } from "@/components/blocks/page-header";
import { Card, CardHeader } from "@/components/ui/card";
import { StatusBadge } from "@/components/ui/status-badge";
import { ChangeDialog } from "./change-dialog";
import type { TariffChoice, TariffChoices } from "./outputs";
import { ScheduledChange } from "./scheduled-change";
import { useTariffWords } from "./use-tariff-words";

type Props = {
  accountId: string;
  choices: TariffChoices;
  sub: string;
  back: { href: string; label: string };
  /** Where money is put in; null where that is not for the reader. */
  payHref: string | null;
};

/** What one subscription may be changed to, each against what it has: the subscriber's page and the agent's. */
export function TariffChoiceView({ accountId, choices, sub, back, payHref }: Props) {
  const t = useTranslations("changes");
  const { present, today, refusal } = choices;
  const words = useTariffWords(today);
  return (
    <div className="max-w-[720px]">
      <PageHeader title={t("title")} sub={sub} back={back} />
      <div className="grid gap-3">
        <Card aria-labelledby="present">
          <CardHeader id="present" title={t("present")} />
          <div className="grid gap-2 border-t border-line px-4 py-3">
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <p className="font-medium">{words.name(present)}</p>
              <p className="num">{words.fee(present)}</p>
            </div>
            {present.downKbps === null && !present.isPersonal ? null : (
              <p className="text-small text-muted">
                {[words.speed(present.downKbps), present.isPersonal ? t("personal") : null].filter(Boolean).join(" · ")}
              </p>
            )}
            <ScheduledChange accountId={accountId} tariff={present} today={today} mayCancel={refusal !== "blocked"} />
          </div>
        </Card>
        <Card aria-labelledby="choices">
          <CardHeader id="choices" title={t("choices.title")} />
          {refusal ? (
            <EmptyState
              className="border-t border-line py-7!"
              title={t(`refusal.${refusal}`)}
              text={t(`refusal.${refusal}Text`)}
            />
          ) : (
            <ul aria-label={t("choices.label")} className="divide-y divide-line border-t border-line">
              {choices.choices.map((choice) => (
                <ChoiceItem key={choice.tariffId} {...{ accountId, choice, choices, payHref }} doneHref={back.href} />
              ))}
            </ul>
          )}
        </Card>
      </div>
    </div>
  );
}

type ItemProps = Pick<Props, "accountId" | "choices" | "payHref"> & { choice: TariffChoice; doneHref: string };

function ChoiceItem({ accountId, choice, choices: { present, today }, payHref, doneHref }: ItemProps) {
  const t = useTranslations("changes");
  const words = useTariffWords(today);
  const [only] = choice.times.length === 1 ? choice.times : [];
  const notes = [
    words.speed(choice.downKbps),
    only ? t(`only.${only}`) : null,
    choice.changeFeeMinor > 0n ? t("changeFee", { amount: words.money(choice.changeFeeMinor) }) : null,
  ].filter((note) => note !== null);
  const differenceWords = (minor: bigint) => {
    if (minor === 0n) return t("same");
    return minor > 0n ? t("dearer", { amount: words.money(minor) }) : t("cheaper", { amount: words.money(-minor) });
  };
  const isPlanned = present.scheduled?.tariffId === choice.tariffId;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-3 sm:grid-cols-[minmax(0,1fr)_auto_auto] sm:gap-x-5">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          {words.name(choice)}
          {isPlanned ? (
            <StatusBadge tone="info" size="s">
              {t("planned")}
            </StatusBadge>
          ) : null}
        </p>
        {notes.length > 0 ? <p className="text-small text-muted">{notes.join(" · ")}</p> : null}
      </div>
      <p className="num flex flex-wrap gap-x-2 max-sm:text-small sm:flex-col sm:text-right">
        <span>{words.fee(choice)}</span>
        {choice.differenceMinor === null ? null : (
          <span className="text-small text-muted">{differenceWords(choice.differenceMinor)}</span>
        )}
      </p>
      <div className="max-sm:col-start-2 max-sm:row-span-2 max-sm:row-start-1">
        <ChangeDialog {...{ accountId, choice, present, today, payHref, doneHref }} />
      </div>
    </li>
  );
}
