import { useLocale, useTranslations } from "next-intl";
import { DataTable } from "@/components/blocks/data-table";
import { EmptyState } from "@/components/blocks/empty-state";
import { formatNumber } from "@/components/i18n/format";
import { Instant } from "@/components/ui/instant";
import { Money } from "@/components/ui/money";
import { TerminalActions } from "./terminal-dialogs";
import type { TerminalFacts } from "./terminal-types";

type Props = { terminals: readonly TerminalFacts[]; payUrl: string; now: Date; mayEdit: boolean };

/** Terminals with what came through each since this time yesterday. */
export function TerminalTable({ terminals, payUrl, now, mayEdit }: Props) {
  const t = useTranslations("terminals");
  const locale = useLocale();
  return (
    <DataTable
      label={t("label")}
      dense
      rows={terminals}
      rowKey={(row) => row.terminalId}
      columns={[
        {
          key: "name",
          header: t("column.name"),
          rowHeader: true,
          className: "align-top",
          cell: (row) => (
            <>
              {row.name}
              <span className="block font-normal text-muted">
                <span className="id">{row.code}</span> · {t(`protocol.${row.protocol}`)}
              </span>
              <Standing terminal={row} now={now} />
              <span className="mt-1 block font-normal text-muted lg:hidden">{row.networks.join(", ")}</span>
              <span className="block font-normal text-muted sm:hidden">
                <Last terminal={row} now={now} /> · {t("refusals", { count: row.refused })}
                <span className="block">
                  <Money minor={row.acceptedMinor} /> · {t("count", { count: row.accepted })}
                </span>
              </span>
              {mayEdit && row.closedAt === null ? (
                <span className="mt-2 block font-normal xl:hidden">
                  <TerminalActions terminal={row} payUrl={payUrl} />
                </span>
              ) : null}
            </>
          ),
        },
        {
          key: "networks",
          header: t("column.networks"),
          className: "align-top max-lg:hidden",
          cell: (row) => (
            <span className="num">
              {row.networks.map((network) => (
                <span key={network} className="block">
                  {network}
                </span>
              ))}
            </span>
          ),
        },
        {
          key: "last",
          header: t("column.last"),
          className: "align-top max-sm:hidden",
          cell: (row) => <Last terminal={row} now={now} />,
        },
        {
          key: "accepted",
          header: t("column.accepted"),
          numeric: true,
          className: "align-top max-sm:hidden",
          cell: (row) => (
            <>
              <Money minor={row.acceptedMinor} />
              <span className="block text-muted">{t("count", { count: row.accepted })}</span>
            </>
          ),
        },
        {
          key: "refused",
          header: t("column.refused"),
          numeric: true,
          className: "align-top max-sm:hidden",
          cell: (row) => formatNumber(row.refused, locale),
        },
        ...(mayEdit
          ? [
              {
                key: "actions",
                header: null,
                className: "align-top max-xl:hidden",
                cell: (row: TerminalFacts) =>
                  row.closedAt === null ? <TerminalActions terminal={row} payUrl={payUrl} /> : null,
              },
            ]
          : []),
      ]}
      empty={<EmptyState title={t("empty.title")} text={t(mayEdit ? "empty.text" : "empty.ask")} />}
    />
  );
}

function Last({ terminal: { lastAt }, now }: { terminal: TerminalFacts; now: Date }) {
  const t = useTranslations("terminals");
  return lastAt ? <Instant at={lastAt} now={now} /> : t("never");
}

function Standing({ terminal: { closedAt, certificate }, now }: { terminal: TerminalFacts; now: Date }) {
  const t = useTranslations("terminals");
  if (closedAt)
    return (
      <span className="block font-normal text-muted">
        {t.rich("closed", { at: () => <Instant at={closedAt} now={now} /> })}
      </span>
    );
  return certificate ? <span className="block font-normal text-muted">{t("certificate")}</span> : null;
}
