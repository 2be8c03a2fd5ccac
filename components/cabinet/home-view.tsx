import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { EmptyState } from "@/components/blocks/empty-state";
import { formatMoney } from "@/components/i18n/format";
import { TopUpForm } from "@/components/payments/top-up-form";
import type { TopUpAction } from "@/components/payments/top-up-state";
import { Card, CardHeader } from "@/components/ui/card";
import { BalanceCard } from "./balance-card";
import type { CabinetHome } from "./cabinet-types";
import { ConnectedCard } from "./connected-card";
import { FollowChanges } from "./follow-changes";
import { OperationList } from "./operation-list";
import { PromisedCard } from "./promised-card";
import { ServiceCard } from "./service-card";
import { canTopUp } from "./until";

type Props = {
  home: CabinetHome;
  nonce: string;
  topUp: TopUpAction;
  startPromise: (form: FormData) => Promise<void>;
  /** Why the promise that was just asked for was not given. */
  promiseError: string | null;
};

/** The first screen: money, service, the one thing to do, and what happened last. */
export function CabinetHomeView({ home, nonce, topUp, startPromise, promiseError }: Props) {
  const t = useTranslations("cabinet");
  const { service } = home;
  return (
    <>
      <h1 className="sr-only">{t("home.title")}</h1>
      <FollowChanges accountId={home.account.id} now={home.now} />
      <div className="grid gap-3 lg:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)] lg:grid-rows-[auto_1fr_auto] lg:items-start lg:gap-3.5">
        <div className="min-w-0 lg:row-span-2">
          <BalanceCard home={home}>
            {canTopUp(home) ? (
              <TopUpForm
                key={[home.account.id, ...home.presets.map((preset) => preset.amountMinor)].join()}
                accountId={home.account.id}
                options={home.presets}
                mends={service.kind === "financial" ? { fromMinor: service.missingMinor, what: service.subject } : null}
                nonce={nonce}
                action={topUp}
                onNight
              />
            ) : null}
          </BalanceCard>
        </div>
        <div className="grid min-w-0 gap-3">
          <ServiceCard home={home} />
          <PromisedCard home={home} action={startPromise} error={promiseError} />
          <OpenPayment home={home} />
        </div>
        <LatestCard home={home} />
        <ConnectedCard home={home} className="lg:col-start-2 lg:row-start-2" />
      </div>
    </>
  );
}

/** A payment that was begun and not finished: the way back to it. */
function OpenPayment({ home: { openPayment } }: { home: CabinetHome }) {
  const t = useTranslations("cabinet.home.open");
  const locale = useLocale();
  if (!openPayment) return null;
  return (
    <p className="card flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-3 text-small">
      <span>{t(openPayment.state, { amount: formatMoney(openPayment.amountMinor, locale) })}</span>
      <Link href={`/my/pay/${openPayment.id}`} className="font-medium underline underline-offset-3">
        {t("link")}
      </Link>
    </p>
  );
}

function LatestCard({ home }: { home: CabinetHome }) {
  const t = useTranslations();
  const { latest, account, now, today } = home;
  return (
    <Card aria-labelledby="latest" className="overflow-hidden lg:col-span-2 lg:row-start-3">
      <CardHeader
        id="latest"
        title={t("cabinet.latest.title")}
        action={
          latest.length > 0 ? (
            <Link href={`/my/statement?account=${account.id}`} className="py-1 hover:text-ink hover:underline">
              {t("cabinet.latest.all")} →
            </Link>
          ) : null
        }
      />
      <div className="border-t border-line">
        {latest.length > 0 ? (
          <OperationList operations={latest} label={t("cabinet.latest.title")} now={now} today={today} />
        ) : (
          <EmptyState title={t("operations.empty.title")} text={t("operations.empty.text")} />
        )}
      </div>
    </Card>
  );
}
