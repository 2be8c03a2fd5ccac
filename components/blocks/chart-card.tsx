import { Info, TableProperties } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { Card, CardHeader } from "@/components/ui/card";
import { IconButton } from "@/components/ui/icon-button";
import { Popover } from "@/components/ui/popover";

type Props = {
  title: string;
  /** The unit, and «ось не с нуля» when the axis does not start at zero. */
  sub?: ReactNode;
  /** How the figures are computed, in words. */
  formula: ReactNode;
  /** `<LedgerMark />` where the chart is money. */
  mark?: ReactNode;
  actions?: ReactNode;
  /** The drawing; hidden from screen readers, which get the table. */
  chart: ReactNode;
  /** The same figures: a `<Table>`. */
  table: ReactNode;
  className?: string;
};

/** A chart that can be checked: its formula, its figures as a table, its mark of the ledger. */
export function ChartCard({ title, sub, formula, mark, actions, chart, table, className }: Props) {
  const t = useTranslations("ui.chart");
  const id = useId();
  return (
    <Card aria-labelledby={id} className={className}>
      <CardHeader
        id={id}
        title={title}
        sub={
          <>
            {sub}
            {sub && mark ? " · " : null}
            {mark}
          </>
        }
        action={
          <>
            {actions}
            <Popover
              align="end"
              title={title}
              trigger={
                <IconButton label={t("formula", { title })} size="s">
                  <Info aria-hidden="true" />
                </IconButton>
              }
            >
              {formula}
            </Popover>
          </>
        }
      />
      <div className="px-4 pb-3">{chart}</div>
      <details className="group border-t border-line">
        <summary className="flex min-h-10 items-center gap-2 px-4 py-2 text-small font-medium text-muted hover:text-ink focus-visible:-outline-offset-2">
          <TableProperties aria-hidden="true" className="size-4" />
          {t("showTable")}
          <span className="sr-only">{title}</span>
        </summary>
        <div className="border-t border-line">{table}</div>
      </details>
    </Card>
  );
}
