import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { formatInstant } from "@/components/i18n/format-date";
import { Card, CardHeader } from "@/components/ui/card";
import { StatusBadge } from "@/components/ui/status-badge";
import { DecisionDialogs, WithdrawDialog } from "./decision-dialogs";
import type { Proposal } from "./outputs";
import { PriceTerms } from "./price-terms";

type Props = { proposal: Proposal; today: string; now: Date; mayDecide: boolean; mayPropose: boolean };

/** A price that waits: what it is, who wrote it, and what whoever looks at it may do. */
export function ProposalCard({ proposal, today, now, mayDecide, mayPropose }: Props) {
  const t = useTranslations("catalog.proposal");
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  const at = formatInstant(proposal.createdAt, now, locale, zone);
  return (
    <Card aria-labelledby="proposal">
      <CardHeader
        id="proposal"
        title={t("title")}
        sub={t("by", { name: proposal.proposerName, at })}
        action={<StatusBadge tone="warn">{t("state.proposed")}</StatusBadge>}
      />
      <div className="border-t border-line px-4 py-3.5">
        <PriceTerms price={proposal.price} today={today} dates />
      </div>
      <div className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-3">
        {proposal.isOwn && mayPropose ? (
          <>
            <WithdrawDialog proposalId={proposal.id} />
            <p className="text-small text-muted">{t("own")}</p>
          </>
        ) : mayDecide ? (
          <DecisionDialogs proposalId={proposal.id} price={proposal.price} today={today} />
        ) : (
          <p className="text-small text-muted">{t("waitsFor")}</p>
        )}
      </div>
    </Card>
  );
}

const TONES = { proposed: "warn", approved: "ok", rejected: "danger", withdrawn: "off" } as const;

/** What was decided before, the latest first. */
export function ProposalHistory({ proposals, now }: { proposals: readonly Proposal[]; now: Date }) {
  const t = useTranslations("catalog");
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  if (proposals.length === 0) return null;
  return (
    <Card aria-labelledby="decisions">
      <CardHeader id="decisions" title={t("tariff.history")} />
      <ul aria-label={t("tariff.historyLabel")} className="divide-y divide-line border-t border-line">
        {proposals.map((proposal) => (
          <li key={proposal.id} className="grid gap-1 px-4 py-2.5">
            <span className="flex flex-wrap items-center justify-between gap-2">
              <StatusBadge tone={TONES[proposal.state]} size="s">
                {t(`proposal.state.${proposal.state}`)}
              </StatusBadge>
              {proposal.version ? (
                <span className="text-small">{t("proposal.became", { version: proposal.version })}</span>
              ) : null}
            </span>
            {proposal.reason ? <p className="text-small">{proposal.reason}</p> : null}
            {proposal.decidedAt ? (
              <p className="text-small text-muted">
                {t("proposal.decided", {
                  name: proposal.deciderName ?? "",
                  at: formatInstant(proposal.decidedAt, now, locale, zone),
                })}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}
