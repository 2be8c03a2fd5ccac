import { useLocale, useTranslations } from "next-intl";
import { EmptyState } from "@/components/blocks/empty-state";
import { formatPhone } from "@/components/i18n/format";
import { formatDay, formatDayShort } from "@/components/i18n/format-date";
import { Card, CardHeader } from "@/components/ui/card";
import { AddIdentifierDialog, EndIdentifierDialog } from "./identifier-dialogs";
import type { IdentifierFacts } from "./usage-types";

type Named = { readonly id: string; readonly name: string };
type Props = {
  accountId: string;
  identifiers: readonly IdentifierFacts[];
  /** Those that are charged for what they use and are in force. */
  subscriptions: readonly Named[];
  names: ReadonlyMap<string, string>;
  today: string;
  mayAssign: boolean;
};

/** What records of usage know this account's services by. */
export function IdentifiersCard({ accountId, identifiers, subscriptions, names, today, mayAssign }: Props) {
  const t = useTranslations("usage.identifiers");
  const live = identifiers.filter(({ validTo }) => validTo === null || validTo > today);
  const past = identifiers.filter(({ validTo }) => validTo !== null && validTo <= today);
  return (
    <Card>
      <CardHeader
        title={t("title")}
        sub={t("sub")}
        action={
          mayAssign && subscriptions.length > 0 ? (
            <AddIdentifierDialog accountId={accountId} subscriptions={subscriptions} today={today} />
          ) : null
        }
      />
      {live.length === 0 ? <EmptyState title={t("none")} text={t("noneText")} /> : null}
      {live.length > 0 ? (
        <ul aria-label={t("title")} className="divide-y divide-line border-t border-line">
          {live.map((row) => (
            <li key={row.identifierId} className="flex items-start justify-between gap-3 px-4 py-3">
              <Facts row={row} name={names.get(row.subscriptionId)} today={today} />
              {mayAssign && row.validTo === null ? (
                <EndIdentifierDialog
                  accountId={accountId}
                  identifierId={row.identifierId}
                  value={shown(row)}
                  validFrom={row.validFrom}
                  today={today}
                />
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      {past.length > 0 ? (
        <details className="border-t border-line">
          <summary className="px-4 py-2.5 text-small text-muted hover:text-ink focus-visible:-outline-offset-2">
            {t("past", { count: past.length })}
          </summary>
          <ul className="divide-y divide-line border-t border-line">
            {past.map((row) => (
              <li key={row.identifierId} className="px-4 py-3">
                <Facts row={row} name={names.get(row.subscriptionId)} today={today} />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </Card>
  );
}

const shown = ({ kind, value }: IdentifierFacts) => (kind === "phone" ? formatPhone(value) : value);

function Facts({ row, name, today }: { row: IdentifierFacts; name: string | undefined; today: string }) {
  const t = useTranslations("usage.identifiers");
  const kinds = useTranslations("usage.identifierKind");
  const locale = useLocale();
  const days = row.validTo
    ? t("fromTo", { from: formatDayShort(row.validFrom, locale), to: formatDayShort(row.validTo, locale) })
    : t("from", { day: formatDay(row.validFrom, locale, today) });
  return (
    <div className="min-w-0">
      <p className="num font-medium break-words">{shown(row)}</p>
      <p className="text-small text-muted">{[kinds(row.kind), name, days].filter(Boolean).join(" · ")}</p>
    </div>
  );
}
