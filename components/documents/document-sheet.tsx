import { useLocale, useTranslations } from "next-intl";
import { rangeWords } from "@/components/cabinet/period-words";
import { formatMoney, formatPercent } from "@/components/i18n/format";
import { formatDay, formatMonth } from "@/components/i18n/format-date";
import { Money } from "@/components/ui/money";
import { Table, Tbody, Td, Th, Thead, Tr } from "@/components/ui/table";
import { DocumentTitle } from "./document-title";
import type { Document, DocumentLine } from "./document-types";
import { lineWords } from "./line-words";

/** A document as it looks on paper: who, for what, how it was counted, the tax by rate. It prints as it stands. */
export function DocumentSheet({ document }: { document: Document }) {
  const t = useTranslations("documents");
  const locale = useLocale();
  const { kind, number, month, issuedOn, dueOn } = document;
  return (
    <article className="card px-4 py-5 sm:px-7 sm:py-7 print:border-0 print:p-0">
      <header className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h1 className="text-title font-semibold">
          {number ? <DocumentTitle kind={kind} number={number} /> : t("draft.name")}
        </h1>
        <p className="text-muted">
          {issuedOn ? t("dated", { day: formatDay(issuedOn, locale) }) : null}
          {kind === "payment_request" ? null : ` ${t("forMonth", { month: monthWords(month, locale) })}`}
        </p>
      </header>
      {number === null ? (
        <p className="mt-2 rounded-control bg-sunken px-3.5 py-2.5 text-small">
          {t(document.isMonthOver ? "draft.over" : "draft.running")}
        </p>
      ) : null}
      <Parties document={document} />
      <Lines document={document} />
      <Totals document={document} />
      {document.advances.length > 0 ? (
        <ul className="num mt-4 grid gap-1 text-small text-muted">
          {document.advances.map((advance) => (
            <li key={`${advance.receivedOn} ${advance.vatPercent} ${advance.amountMinor}`}>
              {t("sheet.advance", {
                day: formatDay(advance.receivedOn, locale),
                amount: formatMoney(advance.amountMinor, locale),
                rate: `${advance.vatPercent}/${100 + advance.vatPercent}`,
                vat: formatMoney(advance.vatMinor, locale),
              })}
            </li>
          ))}
        </ul>
      ) : null}
      {kind === "act" ? (
        <footer className="mt-6 grid gap-8">
          <p>{t("sheet.actText")}</p>
          <p className="flex flex-wrap justify-between gap-x-10 gap-y-8">
            <span>{t("sheet.sign")}</span>
            <span>{t("sheet.signBuyer")}</span>
          </p>
        </footer>
      ) : null}
      {kind === "payment_request" && dueOn ? (
        <p className="mt-6">{t("sheet.requestText", { day: formatDay(dueOn, locale) })}</p>
      ) : null}
      {kind === "invoice" && number !== null ? (
        <p className="mt-6">{dueOn ? t("sheet.due", { day: formatDay(dueOn, locale) }) : t("sheet.covered")}</p>
      ) : null}
    </article>
  );
}

const monthWords = (month: string, locale: ReturnType<typeof useLocale>) =>
  formatMonth(month, locale).toLocaleLowerCase(locale);

function Parties({ document: { seller, buyer } }: { document: Document }) {
  const t = useTranslations("documents.sheet");
  const locale = useLocale();
  const requisites = ({ inn, kpp, address }: Document["seller"]) =>
    [inn && t("inn", { inn }), kpp && t("kpp", { kpp }), address].filter(Boolean).join(", ");
  return (
    <dl className="mt-5 grid gap-x-8 gap-y-4 sm:grid-cols-2">
      <div>
        <dt className="text-label text-muted">{t("seller")}</dt>
        <dd className="font-medium">{seller.name}</dd>
        <dd className="text-small text-muted">{requisites(seller)}</dd>
      </div>
      <div>
        <dt className="text-label text-muted">{t(buyer.inn ? "buyer" : "buyerPerson")}</dt>
        <dd className="font-medium">{buyer.name}</dd>
        <dd className="text-small text-muted">{requisites(buyer)}</dd>
        <dd className="text-small text-muted">
          {buyer.contractNumber && buyer.signedOn
            ? t("contract", { number: buyer.contractNumber, day: formatDay(buyer.signedOn, locale) })
            : null}
          {buyer.accountNumber ? `, ${t("account", { number: buyer.accountNumber }).toLocaleLowerCase(locale)}` : null}
        </dd>
      </div>
    </dl>
  );
}

function Lines({ document: { lines } }: { document: Document }) {
  const t = useTranslations("documents.sheet");
  return (
    <div className="-mx-4 mt-5 sm:-mx-3.5 print:mx-0">
      <Table label={t("lines")}>
        <Thead>
          <Tr>
            <Th>{t("name")}</Th>
            <Th numeric className="max-sm:hidden print:table-cell">
              {t("vat")}
            </Th>
            <Th numeric>{t("amount")}</Th>
          </Tr>
        </Thead>
        <Tbody>
          {lines.map((line) => (
            <LineRow
              key={`${line.sourceId} ${line.kind} ${line.name} ${line.chargedFrom} ${line.amountMinor} ${line.feeMinor}`}
              line={line}
            />
          ))}
        </Tbody>
      </Table>
    </div>
  );
}

function LineRow({ line }: { line: DocumentLine }) {
  const t = useTranslations("documents");
  const locale = useLocale();
  const vat =
    line.vatPercent === 0
      ? t("sheet.none")
      : `${formatPercent(line.vatPercent, locale)} · ${formatMoney(line.vatMinor, locale)}`;
  return (
    <Tr>
      <Th scope="row">
        <span className="block font-medium">
          {line.kind === "adjustment" ? t("line.adjustment", { name: line.name }) : line.name}
        </span>
        <span className="block text-small text-muted">
          {line.kind === "advance" ? null : rangeWords(line.chargedFrom, line.chargedTo, locale)}
        </span>
        <span className="block text-small text-muted">{lineWords(line, t, locale)}</span>
        <span className="block text-small text-muted sm:hidden print:hidden">
          {t("sheet.vat")}: {vat}
        </span>
      </Th>
      <Td numeric className="align-top text-muted max-sm:hidden print:table-cell">
        {vat}
      </Td>
      <Td numeric className="align-top font-semibold">
        <Money minor={line.amountMinor} />
      </Td>
    </Tr>
  );
}

function Totals({ document: { totals, totalMinor } }: { document: Document }) {
  const t = useTranslations("documents.sheet");
  const locale = useLocale();
  return (
    <dl className="num mt-4 ml-auto grid max-w-96 grid-cols-[1fr_auto] gap-x-6 gap-y-1">
      <dt className="font-semibold">{t("total")}</dt>
      <dd className="text-right font-semibold">
        <Money minor={totalMinor} />
      </dd>
      {totals.map((total) => (
        <div key={total.vatPercent} className="col-span-2 grid grid-cols-subgrid text-muted">
          <dt>
            {total.vatPercent === 0 ? t("noVat") : t("vatInside", { percent: formatPercent(total.vatPercent, locale) })}
          </dt>
          <dd className="text-right">
            <Money minor={total.vatPercent === 0 ? total.amountMinor : total.vatMinor} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
