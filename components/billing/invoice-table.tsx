import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type Column, DataTable } from "@/components/blocks/data-table";
import { formatDayShort } from "@/components/i18n/format-date";
import { Money } from "@/components/ui/money";
import type { ListedInvoice } from "./billing-types";

type Props = { documents: readonly ListedInvoice[]; empty: ReactNode };

/** Documents one a row, by number; on a phone the number carries whom it is for. */
export function InvoiceTable({ documents, empty }: Props) {
  const t = useTranslations("billing.invoices");
  return (
    <DataTable
      label={t("label")}
      dense
      columns={useColumns()}
      rows={documents}
      rowKey={(row) => `${row.accountId} ${row.slug}`}
      empty={empty}
    />
  );
}

const wide = "max-lg:hidden";

function useColumns(): Column<ListedInvoice>[] {
  const t = useTranslations("billing.invoices.column");
  const kinds = useTranslations("documents.kind");
  const locale = useLocale();
  return [
    {
      key: "number",
      header: t("number"),
      rowHeader: true,
      cell: (row) => (
        <>
          <Link href={`/crm/${row.accountId}/documents/${row.slug}`} className="num font-medium hover:underline">
            {row.number}
          </Link>
          <span className="block text-muted lg:hidden">
            {row.customerName} · {row.accountNumber}
          </span>
        </>
      ),
    },
    { key: "kind", header: t("kind"), className: wide, cell: (row) => kinds(row.kind) },
    {
      key: "customer",
      header: t("customer"),
      className: wide,
      cell: (row) => (
        <Link href={`/crm/${row.accountId}`} className="hover:underline">
          {row.customerName}
        </Link>
      ),
    },
    { key: "account", header: t("account"), className: wide, cell: (row) => row.accountNumber },
    { key: "issued", header: t("issued"), className: wide, cell: (row) => formatDayShort(row.issuedOn, locale) },
    {
      key: "due",
      header: t("due"),
      className: wide,
      cell: (row) => (row.dueOn ? formatDayShort(row.dueOn, locale) : <span className="text-muted">—</span>),
    },
    { key: "vat", header: t("vat"), numeric: true, className: wide, cell: (row) => <Money minor={row.vatMinor} /> },
    {
      key: "total",
      header: t("total"),
      numeric: true,
      cell: (row) => <Money minor={row.totalMinor} className="font-semibold" />,
    },
  ];
}
