import { useTranslations } from "next-intl";
import { DataTable } from "@/components/blocks/data-table";
import { EmptyState } from "@/components/blocks/empty-state";
import { TextLink } from "@/components/blocks/text-link";
import { Instant } from "@/components/ui/instant";
import { Money } from "@/components/ui/money";
import { StatusBadge, type Tone } from "@/components/ui/status-badge";
import type { RequestFacts } from "./terminal-types";

/** What a person must look at is loud; what a payer typed wrongly is not. */
function toneOf({ outcome }: RequestFacts): Tone {
  if (outcome === "ok") return "ok";
  if (outcome === "conflict" || outcome.startsWith("wrong_")) return "danger";
  return outcome === "try_later" ? "warn" : "off";
}

/** What terminals asked last, newest first, and what they were answered. */
export function RequestTable({ requests, now }: { requests: readonly RequestFacts[]; now: Date }) {
  const t = useTranslations("terminals");
  return (
    <DataTable
      label={t("requests.label")}
      dense
      rows={requests}
      rowKey={(row) => row.id}
      columns={[
        {
          key: "what",
          header: t("requests.column.what"),
          rowHeader: true,
          className: "align-top",
          cell: (row) => (
            <>
              {t(`requests.command.${row.command ?? "none"}`)} · {row.terminalName}
              {row.repeated ? <span className="font-normal text-muted"> · {t("requests.repeated")}</span> : null}
              {row.txnId ? <span className="id block font-normal break-all text-muted">{row.txnId}</span> : null}
              <span className="block font-normal text-muted sm:hidden">
                <Instant at={row.askedAt} now={now} />
                {row.accountNumber ? (
                  <>
                    {" · "}
                    <Account request={row} />
                  </>
                ) : null}
              </span>
              <span className="mt-1 block font-normal sm:hidden">
                <Answer request={row} />
              </span>
            </>
          ),
        },
        {
          key: "at",
          header: t("requests.column.at"),
          className: "align-top whitespace-nowrap max-sm:hidden",
          cell: (row) => <Instant at={row.askedAt} now={now} />,
        },
        {
          key: "account",
          header: t("requests.column.account"),
          className: "align-top max-sm:hidden",
          cell: (row) => <Account request={row} />,
        },
        {
          key: "sum",
          header: t("requests.column.sum"),
          numeric: true,
          className: "align-top",
          cell: (row) => (row.amountMinor === null ? null : <Money minor={row.amountMinor} />),
        },
        {
          key: "answer",
          header: t("requests.column.answer"),
          className: "align-top max-sm:hidden",
          cell: (row) => <Answer request={row} />,
        },
      ]}
      empty={<EmptyState title={t("requests.empty.title")} text={t("requests.empty.text")} />}
    />
  );
}

type OneProps = { request: RequestFacts };

function Account({ request: { accountId, accountNumber } }: OneProps) {
  return accountId ? <TextLink href={`/crm/${accountId}`}>{accountNumber}</TextLink> : accountNumber;
}

function Answer({ request }: OneProps) {
  const t = useTranslations("terminals");
  const { outcome, address } = request;
  return (
    <>
      <StatusBadge tone={toneOf(request)} size="s">
        {t(`outcome.${outcome}`)}
      </StatusBadge>
      {outcome === "wrong_address" && address ? (
        <span className="block text-small text-muted">{t("requests.from", { address })}</span>
      ) : null}
    </>
  );
}
