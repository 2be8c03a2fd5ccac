import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { EmptyState } from "@/components/blocks/empty-state";
import { PageHeader } from "@/components/blocks/page-header";
import { formatMoney } from "@/components/i18n/format";
import { buttonStyle } from "@/components/ui/button-style";
import type { Statement } from "./cabinet-types";
import { OperationMonths } from "./operation-list";

/** Every kopeck of the account, a page at a time; the page is in the address. */
export function StatementView({ statement, isFirst }: { statement: Statement; isFirst: boolean }) {
  const t = useTranslations("cabinet.statement");
  const empty = useTranslations("operations.empty");
  const locale = useLocale();
  const { operations, nextCursor, account, balanceMinor, now, today } = statement;
  const address = (before?: string) => `/my/statement?account=${account.id}${before ? `&before=${before}` : ""}`;
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={
          <span className="num">
            {t("sub", { number: account.number, balance: formatMoney(balanceMinor, locale) })}
          </span>
        }
      />
      {operations.length > 0 ? (
        <OperationMonths operations={operations} label={t("list")} now={now} today={today} />
      ) : (
        <div className="card">
          <EmptyState title={empty("title")} text={empty("text")} />
        </div>
      )}
      <nav aria-label={t("title")} className="mt-4 flex flex-wrap justify-between gap-2 empty:hidden" data-print="hide">
        {isFirst ? null : (
          <Link href={address()} className={buttonStyle({ size: "m" })}>
            {t("newest")}
          </Link>
        )}
        {nextCursor ? (
          <Link href={address(nextCursor)} rel="next" className={buttonStyle({ size: "m", className: "ml-auto" })}>
            {t("older")}
          </Link>
        ) : null}
      </nav>
    </>
  );
}
