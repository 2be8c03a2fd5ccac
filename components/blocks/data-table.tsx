import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatNumber } from "@/components/i18n/format";
import { cn } from "@/components/lib/cn";
import { buttonStyle } from "@/components/ui/button-style";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { Table, Tbody, Td, Th, Thead, Tr } from "@/components/ui/table";
import { nextSort, type Sort, type SortDirection, writeSort } from "./table-url";

export type Column<Row> = {
  key: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Figures: right-aligned, tabular, unbroken. */
  numeric?: boolean;
  /** Names the row for screen readers; one column. */
  rowHeader?: boolean;
  /** The order of the first press; unsaid = the column does not sort. */
  sort?: SortDirection;
  className?: string;
};

/** Rows `from`…`to` of `total` (both from 1); a missing link means there is nothing that way. */
export type Paging = { from: number; to: number; total?: number; previousHref?: string; nextHref?: string };

type Props<Row> = {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  sort?: Sort;
  /** The address of the list in another order: `(sort) => tableHref(path, params, { sort, page: undefined })`. */
  sortHref?: (sort: string) => string;
  paging?: Paging;
  /** The empty face: `<EmptyState />`. */
  empty: ReactNode;
  /** The error face; given, it stands instead of the rows. */
  error?: ReactNode;
  maxHeight?: string;
  dense?: boolean;
  footer?: ReactNode;
};

/** A list in a card with its faces: full, empty, error; `DataTableLoading` is the fourth. Order and page live in the address. */
export function DataTable<Row>(props: Props<Row>) {
  const {
    label,
    columns,
    rows,
    rowKey,
    sort,
    sortHref,
    paging,
    empty,
    error,
    maxHeight,
    dense = false,
    footer,
  } = props;
  if (error) return <div className="card">{error}</div>;
  if (rows.length === 0) return <div className="card">{empty}</div>;
  return (
    <div className="card min-w-0 overflow-hidden">
      <Table label={label} dense={dense} {...(maxHeight && { maxHeight })}>
        <Thead>
          <Tr>
            {columns.map((column) => (
              <HeadCell key={column.key} column={column} sort={sort} sortHref={sortHref} />
            ))}
          </Tr>
        </Thead>
        <Tbody>
          {rows.map((row) => (
            <Tr key={rowKey(row)} className="hover:bg-sunken">
              {columns.map((column) => {
                const Cell = column.rowHeader ? Th : Td;
                return (
                  <Cell
                    key={column.key}
                    numeric={column.numeric ?? false}
                    className={column.className}
                    {...(column.rowHeader && { scope: "row" })}
                  >
                    {column.cell(row)}
                  </Cell>
                );
              })}
            </Tr>
          ))}
        </Tbody>
        {footer ? <tfoot className="font-semibold [&_td]:border-t [&_td]:border-b-0">{footer}</tfoot> : null}
      </Table>
      {paging ? <Pager {...paging} /> : null}
    </div>
  );
}

type HeadProps<Row> = {
  column: Column<Row>;
  sort: Sort | undefined;
  sortHref: ((sort: string) => string) | undefined;
};

function HeadCell<Row>({ column, sort, sortHref }: HeadProps<Row>) {
  const { key, header, numeric = false, sort: first, className } = column;
  if (!first || !sortHref) {
    return (
      <Th numeric={numeric} className={className}>
        {header}
      </Th>
    );
  }
  const active = sort?.key === key;
  const Arrow = active && sort.direction === "desc" ? ArrowDown : ArrowUp;
  return (
    <Th
      numeric={numeric}
      aria-sort={active ? (sort.direction === "asc" ? "ascending" : "descending") : "none"}
      className={className}
    >
      <Link
        href={sortHref(writeSort(nextSort(sort, key, first)))}
        scroll={false}
        className={cn("group inline-flex items-center gap-1 py-1 hover:text-ink", active && "text-ink")}
      >
        {header}
        <Arrow
          aria-hidden="true"
          className={cn("size-3.5", !active && "opacity-0 group-hover:opacity-60 group-focus-visible:opacity-60")}
        />
      </Link>
    </Th>
  );
}

function Pager({ from, to, total, previousHref, nextHref }: Paging) {
  const t = useTranslations("ui.table");
  const locale = useLocale();
  const count = (value: number) => formatNumber(value, locale);
  const link = buttonStyle({ size: "s" });
  return (
    <nav
      aria-label={t("pages")}
      className="flex flex-wrap items-center justify-between gap-3 border-t border-line px-3.5 py-2 text-small text-muted"
      data-print="hide"
    >
      <span className="num">
        {total === undefined
          ? `${count(from)}–${count(to)}`
          : t("range", { from: count(from), to: count(to), total: count(total) })}
      </span>
      <span className="flex gap-2">
        {previousHref ? (
          <Link href={previousHref} rel="prev" className={link}>
            {t("previous")}
          </Link>
        ) : null}
        {nextHref ? (
          <Link href={nextHref} rel="next" className={link}>
            {t("next")}
          </Link>
        ) : null}
      </span>
    </nav>
  );
}

/** The loading face, of about the same height as the rows to come. For `loading.tsx` and `<Suspense>`. */
export function DataTableLoading({ rows = 8, label }: { rows?: number; label?: string }) {
  return (
    <Loading className="card block overflow-hidden" {...(label && { label })}>
      {Array.from({ length: rows }, (_, index) => `row-${index}`).map((key, index) => (
        <span key={key} className="flex items-center gap-6 border-b border-line px-3.5 py-[13px] last:border-b-0">
          <Skeleton className={index % 3 === 0 ? "w-2/5" : "w-1/3"} />
          <Skeleton className="w-1/5" />
          <Skeleton className="ml-auto w-20" />
        </span>
      ))}
    </Loading>
  );
}
