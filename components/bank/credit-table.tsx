import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type Column, DataTable } from "@/components/blocks/data-table";
import { formatDay, formatDayShort } from "@/components/i18n/format-date";
import { buttonStyle } from "@/components/ui/button-style";
import { Money } from "@/components/ui/money";
import { type BankParams, bankHref } from "./bank-params";
import type { CreditFacts, CreditPage } from "./bank-types";
import { PlaceDialog } from "./place-dialog";

type Props = {
  page: Pick<CreditPage, "credits" | "after">;
  params: BankParams;
  today: string;
  mayPlace: boolean;
  empty: ReactNode;
};

/** Money from banks, the latest first: who, for what, how much, and whose it is or may be, with the reasons. */
export function CreditTable({ page, params, today, mayPlace, empty }: Props) {
  const t = useTranslations("bank");
  return (
    <>
      <DataTable
        label={t("label")}
        dense
        rows={page.credits}
        rowKey={(credit) => credit.creditId}
        columns={useColumns(today, mayPlace && params.state === "unknown")}
        empty={empty}
      />
      <nav aria-label={t("pages")} className="mt-3 flex gap-2 empty:hidden" data-print="hide">
        {params.after ? (
          <Link href={bankHref({ state: params.state })} className={buttonStyle({ size: "s" })}>
            {t("newest")}
          </Link>
        ) : null}
        {page.after ? (
          <Link
            href={bankHref({ state: params.state, after: page.after })}
            rel="next"
            className={buttonStyle({ size: "s" })}
          >
            {t("next")}
          </Link>
        ) : null}
      </nav>
    </>
  );
}

function useColumns(today: string, mayPlace: boolean): Column<CreditFacts>[] {
  const t = useTranslations("bank");
  const top = "align-top";
  return [
    {
      key: "payer",
      header: t("column.payer"),
      rowHeader: true,
      className: `${top} sm:w-[30%]`,
      cell: (credit) => (
        <>
          <Payer credit={credit} today={today} />
          <div className="mt-1.5 grid gap-1.5 font-normal sm:hidden">
            <Purpose credit={credit} />
            <Whose credit={credit} />
            {mayPlace ? (
              <span>
                <PlaceDialog credit={credit} />
              </span>
            ) : null}
          </div>
        </>
      ),
    },
    {
      key: "purpose",
      header: t("column.purpose"),
      className: `${top} max-sm:hidden`,
      cell: (credit) => <Purpose credit={credit} />,
    },
    {
      key: "amount",
      header: t("column.amount"),
      numeric: true,
      className: top,
      cell: (credit) => <Money minor={credit.amountMinor} className="font-medium" />,
    },
    {
      key: "whose",
      header: t("column.whose"),
      className: `${top} max-sm:hidden sm:w-[28%]`,
      cell: (credit) => <Whose credit={credit} />,
    },
    ...(mayPlace
      ? [
          {
            key: "actions",
            header: <span className="sr-only">{t("column.actions")}</span>,
            className: `${top} max-sm:hidden`,
            cell: (credit: CreditFacts) => <PlaceDialog credit={credit} />,
          },
        ]
      : []),
  ];
}

function Payer({ credit, today }: { credit: CreditFacts; today: string }) {
  const t = useTranslations("bank");
  const locale = useLocale();
  const { number, documentedOn, receivedOn, payerInn, fileName, line } = credit;
  return (
    <>
      <span className="block break-words">{credit.payerName || t("noPayer")}</span>
      <span className="block text-small font-normal text-muted">
        {[
          t("received", { day: formatDay(receivedOn, locale, today) }),
          t("document", { number, day: formatDayShort(documentedOn, locale) }),
          ...(payerInn ? [t("inn", { inn: payerInn })] : []),
        ].join(" · ")}
      </span>
      <span className="block text-small font-normal break-words text-muted">{t("from", { file: fileName, line })}</span>
    </>
  );
}

function Purpose({ credit: { purpose } }: { credit: CreditFacts }) {
  const t = useTranslations("bank");
  return purpose ? (
    <span className="break-words">{purpose}</span>
  ) : (
    <span className="text-muted">{t("noPurpose")}</span>
  );
}

/** Of money that waits, the likeliest accounts; of money that is placed, where it stands and who said so. */
function Whose({ credit: { suggestions, parts } }: { credit: CreditFacts }) {
  const t = useTranslations("bank");
  if (parts.length > 0) {
    return (
      <ul className="grid gap-1.5">
        {parts.map((part) => (
          <li key={part.accountId}>
            <AccountLink {...part} />
            {parts.length > 1 ? (
              <>
                {" · "}
                <Money minor={part.amountMinor} />
              </>
            ) : null}
            <span className="block text-small text-muted">
              {[
                part.confidence !== null
                  ? t("byRule", { points: part.confidence })
                  : part.byName
                    ? t("byPerson", { name: part.byName })
                    : t("byPersonUnknown"),
                ...part.reasons.map((reason) => t(`reason.${reason}`)),
              ].join(" · ")}
            </span>
          </li>
        ))}
      </ul>
    );
  }
  if (suggestions.length === 0) return <span className="text-muted">{t("nobody")}</span>;
  return (
    <ul className="grid gap-1.5">
      {suggestions.map((one) => (
        <li key={one.accountId}>
          <AccountLink {...one} />
          <span className="block text-small text-muted">
            {[t("confidence", { points: one.confidence }), ...one.reasons.map((reason) => t(`reason.${reason}`))].join(
              " · ",
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

type Account = { accountId: string; accountNumber: string; customerName: string };

function AccountLink({ accountId, accountNumber, customerName }: Account) {
  return (
    <Link href={`/crm/${accountId}`} className="underline underline-offset-3 hover:text-signal-text">
      <span className="num">{accountNumber}</span> {customerName}
    </Link>
  );
}
