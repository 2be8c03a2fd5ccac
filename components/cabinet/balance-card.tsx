import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatMoney } from "@/components/i18n/format";
import { formatDay } from "@/components/i18n/format-date";
import { cn } from "@/components/lib/cn";
import { NightCard } from "@/components/ui/card";
import { Money, MoneyFigure } from "@/components/ui/money";
import type { CabinetHome } from "./cabinet-types";
import { tariffName } from "./tariff-name";
import { untilOf } from "./until";

type Props = { home: CabinetHome; children: ReactNode };

/** The dark card of the first screen: the balance, how far it reaches, what is charged next, and the way to top up. */
export function BalanceCard({ home, children }: Props) {
  const t = useTranslations("cabinet.home");
  return (
    <NightCard aria-labelledby="balance" className="px-5 pt-4.5 pb-4.5 lg:p-7">
      <h2 id="balance" className="text-label font-medium text-night-muted">
        {t("balance")}
      </h2>
      <MoneyFigure minor={home.money.balanceMinor} className={cn("mt-0.5 mb-1.5", sizeOf(home.money.balanceMinor))} />
      <UntilLine home={home} />
      <NextCharge home={home} />
      {children ? <div className="mt-3.5">{children}</div> : null}
    </NightCard>
  );
}

/** The largest thing on the screen, as large as its digits allow at 320 px. */
function sizeOf(minor: bigint): string {
  const digits = (minor < 0n ? -minor : minor).toString().length + (minor < 0n ? 1 : 0);
  if (digits <= 8) return "text-[3.25rem] lg:text-[4.5rem]";
  return digits <= 10 ? "text-[2.5rem] lg:text-[3.5rem]" : "text-[1.75rem] lg:text-[2.5rem]";
}

function UntilLine({ home }: { home: CabinetHome }) {
  const t = useTranslations("cabinet.home");
  const locale = useLocale();
  const until = untilOf(home);
  const values = {
    b: (words: ReactNode) => <b className="font-semibold">{words}</b>,
    day: "day" in until ? formatDay(until.day, locale, home.today) : "",
    amount: "amountMinor" in until ? formatMoney(until.amountMinor, locale) : "",
  };
  return <p className="text-[0.96875rem] leading-snug">{t.rich(until.kind, values)}</p>;
}

/** What for, how much, when; silent while nothing is going to be charged. */
function NextCharge({ home: { money, service, connected, today } }: { home: CabinetHome }) {
  const t = useTranslations("cabinet.home");
  const locale = useLocale();
  if (!money.chargeOn || money.chargeMinor === 0n || !CHARGED.some((kind) => kind === service.kind)) return null;
  const chargeOn = money.chargeOn;
  const names = connected
    .map((row) => (row.change && row.change.effectiveOn <= chargeOn ? row.change : row))
    .filter((row) => money.tariffIds.includes(row.tariffId));
  const [only] = names;
  const what = names.length === 1 && only ? tariffName(only, locale) : t("nextSeveral", { count: names.length });
  return (
    <p className="mt-3.5 flex flex-wrap justify-between gap-x-3 gap-y-0.5 border-t border-night-line pt-3 text-[0.875rem] text-night-muted">
      <span>
        {money.chargeOn === today ? t("nextNow") : t("nextOn", { day: formatDay(money.chargeOn, locale, today) })}
      </span>
      <b className="min-w-0 font-medium text-night-ink">
        <Money minor={money.chargeMinor} /> <span className="text-night-muted">·</span> {what}
      </b>
    </p>
  );
}

const CHARGED: readonly CabinetHome["service"]["kind"][] = ["working", "connected", "turningOn", "financial"];
