import { useLocale, useTranslations } from "next-intl";
import { PageHeader } from "@/components/blocks/page-header";
import type { CabinetHome } from "@/components/cabinet/cabinet-types";
import { canTopUp } from "@/components/cabinet/until";
import { formatMoney } from "@/components/i18n/format";
import { Card } from "@/components/ui/card";
import { TopUpForm } from "./top-up-form";
import type { TopUpAction } from "./top-up-state";

type Props = {
  home: CabinetHome;
  nonce: string;
  action: TopUpAction;
  /** A sum to begin with, as it would be typed. */
  sum?: string;
};

/** The top-up on a page of its own: the same form, without the rest of the first screen. */
export function TopUpView({ home, nonce, action, sum }: Props) {
  const t = useTranslations("payments.form");
  const closed = useTranslations("cabinet.home");
  const locale = useLocale();
  const { account, money, service, presets } = home;
  return (
    <div className="max-w-[34rem]">
      <PageHeader
        title={t("title")}
        sub={
          <span className="num">
            {t("sub", { number: account.number, balance: formatMoney(money.balanceMinor, locale) })}
          </span>
        }
      />
      <Card padded>
        {canTopUp(home) ? (
          <TopUpForm
            key={account.id}
            accountId={account.id}
            options={presets}
            mends={service.kind === "financial" ? { fromMinor: service.missingMinor, what: service.subject } : null}
            nonce={nonce}
            action={action}
            {...(sum !== undefined && { ownSum: sum })}
          />
        ) : (
          <p className="text-muted">{closed("topUpClosed")}</p>
        )}
      </Card>
    </div>
  );
}
