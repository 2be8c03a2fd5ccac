import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { formatMonth } from "@/components/i18n/format-date";
import { buttonStyle } from "@/components/ui/button-style";
import { type InvoiceParams, invoicesHref, stepMonth } from "./invoice-params";
import { IssueMonthDialog } from "./issue-month-dialog";

type ActionsProps = { params: InvoiceParams; isOver: boolean; mayIssue: boolean };

/** To the month before and after, and the order of this month's documents once it is over. */
export function MonthActions({ params, isOver, mayIssue }: ActionsProps) {
  const t = useTranslations("billing.invoices");
  const locale = useLocale();
  const step = (by: number) => invoicesHref(params, { month: stepMonth(params.month, by) });
  return (
    <>
      <Link href={step(-1)} className={buttonStyle({ size: "s" })}>
        {t("previous")}
      </Link>
      {isOver ? (
        <Link href={step(1)} className={buttonStyle({ size: "s" })}>
          {t("next")}
        </Link>
      ) : null}
      {isOver && mayIssue ? (
        <IssueMonthDialog month={params.month} words={formatMonth(params.month, locale).toLocaleLowerCase(locale)} />
      ) : null}
    </>
  );
}

/** Pages go on by the last number seen; back is to the start. */
export function InvoicePager({ params, after }: { params: InvoiceParams; after: string | null }) {
  const t = useTranslations("billing.invoices");
  return (
    <nav aria-label={t("label")} className="mt-3 flex justify-between gap-2 empty:hidden" data-print="hide">
      {params.after ? (
        <Link href={invoicesHref(params, {})} className={buttonStyle({ size: "s" })}>
          {t("first")}
        </Link>
      ) : null}
      {after ? (
        <Link
          href={invoicesHref(params, { after })}
          rel="next"
          className={buttonStyle({ size: "s", className: "ml-auto" })}
        >
          {t("more")}
        </Link>
      ) : null}
    </nav>
  );
}
