import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type Column, DataTable, type Paging } from "@/components/blocks/data-table";
import { Money } from "@/components/ui/money";
import { AccountStateBadge } from "./account-state";
import { type ListParams, listHref } from "./list-params";
import type { ListedAccount } from "./outputs";
import { tariffName } from "./tariff-name";

type Props = {
  accounts: readonly ListedAccount[];
  params: ListParams;
  paging: Paging;
  empty: ReactNode;
};

/** Accounts one a row; on a phone the name carries the number and the address with it. */
export function AccountTable({ accounts, params, paging, empty }: Props) {
  const t = useTranslations("subscribers.list");
  return (
    <DataTable
      label={t("label")}
      dense
      columns={useColumns()}
      rows={accounts}
      rowKey={(account) => account.accountId}
      sort={params.sort}
      sortHref={(sort) => listHref(params, { sort })}
      paging={paging}
      empty={empty}
    />
  );
}

const wide = "max-lg:hidden";

function useColumns(): Column<ListedAccount>[] {
  const t = useTranslations("subscribers.list");
  const locale = useLocale();
  const tariffs = (account: ListedAccount) => account.tariffs.map((tariff) => tariffName(tariff, locale)).join(", ");
  return [
    {
      key: "name",
      header: t("column.name"),
      rowHeader: true,
      sort: "asc",
      cell: (account) => (
        <>
          <Link href={`/crm/${account.accountId}`} className="font-medium hover:underline">
            {account.customerName}
          </Link>
          <span className="block text-muted lg:hidden">
            {account.accountNumber}
            {account.address ? ` · ${account.address}` : null}
          </span>
        </>
      ),
    },
    {
      key: "number",
      header: t("column.number"),
      sort: "asc",
      className: `${wide} whitespace-nowrap`,
      cell: (account) => account.accountNumber,
    },
    {
      key: "address",
      header: t("column.address"),
      className: wide,
      cell: (account) => account.address ?? <span className="text-muted">{t("noAddress")}</span>,
    },
    {
      key: "tariff",
      header: t("column.tariff"),
      className: wide,
      cell: (account) => tariffs(account) || <span className="text-muted">{t("noTariff")}</span>,
    },
    {
      key: "balance",
      header: t("column.balance"),
      numeric: true,
      sort: "asc",
      cell: (account) => (
        <>
          <Money minor={account.balanceMinor} className={account.balanceMinor < 0n ? "text-danger" : ""} />
          <span className="mt-1 block lg:hidden">
            <AccountStateBadge state={account.state} size="s" />
          </span>
        </>
      ),
    },
    {
      key: "state",
      header: t("column.state"),
      className: wide,
      cell: (account) => <AccountStateBadge state={account.state} size="s" />,
    },
  ];
}
