import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { formatDay } from "@/components/i18n/format-date";
import { Card, CardHeader } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import type { Profile } from "./outputs";

/** Every contract of the person with its accounts: the one on the screen and the way to the others. */
export function AccountsCard({ profile }: { profile: Profile }) {
  const t = useTranslations("subscribers.accounts");
  const locale = useLocale();
  const contracts = [...Map.groupBy(profile.accounts, (account) => account.contractNumber)];
  return (
    <Card>
      <CardHeader title={t("title")} />
      <ul className="divide-y divide-line border-t border-line">
        {contracts.map(([number, accounts]) => (
          <li key={number} className="px-4 py-2.5">
            <p className="text-small text-muted">
              {t("contract", { number })}
              {accounts[0] ? ` ${t("signed", { day: formatDay(accounts[0].signedOn, locale) })}` : null}
              {accounts[0]?.terminatedOn
                ? `, ${t("terminated", { day: formatDay(accounts[0].terminatedOn, locale) })}`
                : null}
            </p>
            <ul>
              {accounts.map((account) => (
                <li key={account.accountId} className="flex items-baseline justify-between gap-3 pt-1">
                  {account.accountId === profile.accountId ? (
                    <span>
                      <b className="font-semibold">{t("account", { number: account.accountNumber })}</b>
                      <span className="text-small text-muted"> · {t("this")}</span>
                    </span>
                  ) : (
                    <Link href={`/crm/${account.accountId}`} className="underline">
                      {t("account", { number: account.accountNumber })}
                    </Link>
                  )}
                  <span className="flex items-baseline gap-2">
                    {account.closedOn ? <span className="text-small text-muted">{t("closed")}</span> : null}
                    <Money minor={account.balanceMinor} />
                  </span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Card>
  );
}
