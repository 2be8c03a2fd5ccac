import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type Column, DataTable } from "@/components/blocks/data-table";
import { formatPhone } from "@/components/i18n/format";
import { buttonStyle } from "@/components/ui/button-style";
import { Instant } from "@/components/ui/instant";
import { StatusBadge } from "@/components/ui/status-badge";
import { DropFaultDialog } from "./drop-fault-dialog";
import { type FaultParams, faultsHref } from "./fault-params";
import { FixFaultDialog } from "./fix-fault-dialog";
import { measureWords } from "./unit-words";
import type { FaultFacts, FaultPage, MeterFacts } from "./usage-types";

type Props = {
  page: Pick<FaultPage, "faults" | "after">;
  params: FaultParams;
  meters: readonly MeterFacts[];
  now: Date;
  mayMend: boolean;
  empty: ReactNode;
};

/** The queue, newest first: why, whose, when, what; the record as it came opens in its row. */
export function FaultTable({ page, params, meters, now, mayMend, empty }: Props) {
  const t = useTranslations("usage");
  return (
    <>
      <DataTable
        label={t("label")}
        dense
        rows={page.faults}
        rowKey={(fault) => fault.faultId}
        columns={useColumns({ meters, now, mayMend: mayMend && params.state === "open" })}
        empty={empty}
      />
      <nav aria-label={t("pages")} className="mt-3 flex gap-2 empty:hidden" data-print="hide">
        {params.after ? (
          <Link href={faultsHref(params, {})} className={buttonStyle({ size: "s" })}>
            {t("newest")}
          </Link>
        ) : null}
        {page.after ? (
          <Link href={faultsHref(params, { after: page.after })} rel="next" className={buttonStyle({ size: "s" })}>
            {t("next")}
          </Link>
        ) : null}
      </nav>
    </>
  );
}

function useColumns({ meters, now, mayMend }: Pick<Props, "meters" | "now" | "mayMend">): Column<FaultFacts>[] {
  const t = useTranslations("usage");
  const top = "align-top";
  return [
    {
      key: "reason",
      header: t("column.reason"),
      rowHeader: true,
      className: top,
      cell: (fault) => (
        <>
          <FaultBadge fault={fault} />
          <span className="mt-1 block font-normal text-muted">
            {fault.column ? `${t("blamed", { column: fault.column })} · ` : null}
            {t.rich("received", { at: () => <Instant at={fault.receivedAt} now={now} /> })}
            {fault.settledAt ? (
              <>
                {" "}
                ·{" "}
                {t.rich("settled", { at: () => (fault.settledAt ? <Instant at={fault.settledAt} now={now} /> : null) })}
              </>
            ) : null}
            {fault.attempts > 1 ? ` · ${t("attempts", { count: fault.attempts })}` : null}
          </span>
          {fault.note ? <span className="block font-normal">{t("note", { note: fault.note })}</span> : null}
          <span className="block font-normal sm:hidden">
            <Whose fault={fault} /> · <What fault={fault} meters={meters} />
          </span>
          <Raw fault={fault} />
          {mayMend ? (
            <div className="mt-2 font-normal sm:hidden">
              <Actions fault={fault} meters={meters} />
            </div>
          ) : null}
        </>
      ),
    },
    {
      key: "record",
      header: t("column.record"),
      className: `${top} max-lg:hidden`,
      cell: (fault) => (
        <>
          <span className="id break-all">{fault.recordId.startsWith("#") ? "—" : fault.recordId}</span>
          <span className="block text-muted">{fault.source}</span>
        </>
      ),
    },
    {
      key: "whose",
      header: t("column.whose"),
      className: `${top} max-sm:hidden`,
      cell: (fault) => <Whose fault={fault} />,
    },
    {
      key: "when",
      header: t("column.when"),
      className: `${top} whitespace-nowrap max-md:hidden`,
      cell: (fault) => (fault.occurredAt ? <Instant at={fault.occurredAt} now={now} /> : <Unknown />),
    },
    {
      key: "what",
      header: t("column.what"),
      className: `${top} max-sm:hidden`,
      cell: (fault) => <What fault={fault} meters={meters} />,
    },
    ...(mayMend
      ? [
          {
            key: "actions",
            header: <span className="sr-only">{t("column.actions")}</span>,
            className: `${top} max-sm:hidden`,
            cell: (fault: FaultFacts) => <Actions fault={fault} meters={meters} />,
          },
        ]
      : []),
  ];
}

function Actions({ fault, meters }: { fault: FaultFacts; meters: readonly MeterFacts[] }) {
  return (
    <div className="flex flex-wrap gap-1.5 sm:justify-end xl:flex-nowrap">
      <FixFaultDialog fault={fault} meters={meters} />
      <DropFaultDialog faultId={fault.faultId} recordId={fault.recordId} />
    </div>
  );
}

function FaultBadge({ fault: { reason, state } }: { fault: FaultFacts }) {
  const t = useTranslations("usage");
  const tone = state === "open" ? (reason === "malformed" ? "danger" : "warn") : "off";
  return <StatusBadge tone={tone}>{t(`reason.${reason}`)}</StatusBadge>;
}

function Unknown() {
  const t = useTranslations("usage");
  return <span className="text-muted">{t("unknown")}</span>;
}

function Whose({ fault: { identifierKind, identifier } }: { fault: FaultFacts }) {
  const t = useTranslations("usage");
  if (!identifierKind || !identifier) return <Unknown />;
  return (
    <>
      <span className="num whitespace-nowrap">{identifierKind === "phone" ? formatPhone(identifier) : identifier}</span>
      {identifierKind === "phone" ? null : (
        <span className="text-muted max-sm:hidden sm:block">{t(`identifierKind.${identifierKind}`)}</span>
      )}
    </>
  );
}

function What({ fault, meters }: { fault: FaultFacts; meters: readonly MeterFacts[] }) {
  const t = useTranslations("usage");
  const locale = useLocale();
  const known = meters.find(({ meter }) => meter === fault.meter);
  const name = known ? (locale === "ru" ? known.nameRu : known.nameEn) : fault.meter;
  if (fault.units === null && name === null) return <Unknown />;
  return (
    <>
      {name ?? <Unknown />}
      {fault.units === null || !fault.measure ? null : (
        <span className="num text-muted sm:block"> {measureWords(fault.units, fault.measure, t, locale)}</span>
      )}
    </>
  );
}

/** The record as its source told it, behind one press. */
export function Raw({ fault: { raw } }: { fault: Pick<FaultFacts, "raw"> }) {
  const t = useTranslations("usage");
  const cells = Object.entries(raw);
  if (cells.length === 0) return null;
  return (
    <details className="mt-1 font-normal">
      <summary className="w-fit text-small text-muted underline hover:text-ink">{t("raw")}</summary>
      <dl className="mt-1.5 grid w-fit max-w-full grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 rounded-control bg-sunken px-3 py-2 text-small break-words">
        {cells.map(([column, text]) => (
          <div key={column} className="contents">
            <dt className="text-muted">{column}</dt>
            <dd className="min-w-0">{text === "" ? "—" : text}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
