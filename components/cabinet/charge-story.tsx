import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { KeyValue } from "@/components/blocks/key-value";
import { formatMoney, formatPercent } from "@/components/i18n/format";
import { formatDay } from "@/components/i18n/format-date";
import type { Locale } from "@/components/i18n/locale";
import { UsageStory } from "@/components/usage/usage-story";
import { isFee } from "@/server/domain/subscriptions/constants";
import type { Operation } from "./cabinet-types";
import { periodWords, rangeWords } from "./period-words";
import { tariffName } from "./tariff-name";

/** «Почему столько»: the fee, the days, which price, the tax inside; the very figures the charge was made of. */
export function ChargeStory({ charge }: { charge: NonNullable<Operation["charge"]> }) {
  const t = useTranslations("operations.explain");
  const locale = useLocale();
  const money = (minor: bigint) => formatMoney(minor, locale);
  const fee = isFee(charge.kind);
  const partial = charge.chargedDays !== charge.periodDays;
  const { usage, late } = charge.detail ?? {};
  const facts = (
    <KeyValue
      className="num"
      items={[
        ...(fee ? [] : [{ key: "tariff", label: t("tariff"), value: tariffName(charge, locale) }]),
        { key: "period", label: t("period"), value: periodWords(charge.periodStart, charge.periodEnd, locale) },
        ...(partial
          ? [
              {
                key: "days",
                label: t("paidDays"),
                value: `${rangeWords(charge.chargedFrom, charge.chargedTo, locale)}, ${t("daysCount", { charged: charge.chargedDays, total: charge.periodDays })}`,
              },
            ]
          : []),
        ...(usage ? [] : [{ key: "formula", label: t("formula"), value: formulaWords(charge, t, locale) }]),
        ...discountItems(charge, t, locale),
        ...(fee ? [] : [{ key: "price", label: t("price"), value: priceWords(charge, t) }]),
        charge.vatPercent === 0
          ? { key: "vat", label: t("vatLabel"), value: t("noVat") }
          : {
              key: "vat",
              label: t("vat", { percent: formatPercent(charge.vatPercent, locale) }),
              value: money(charge.vatMinor),
            },
        ...(charge.dueOn ? [{ key: "due", label: t("due"), value: formatDay(charge.dueOn, locale) }] : []),
        ...(charge.creditedMinor > 0n
          ? [{ key: "credited", label: t("credited"), value: money(charge.creditedMinor) }]
          : []),
      ]}
    />
  );
  if (!usage) return facts;
  const { subscriptionId, chargedFrom, chargedTo } = charge;
  return (
    <div className="grid gap-3">
      <UsageStory usage={usage} late={late} />
      <div className="border-t border-line pt-2">{facts}</div>
      <p className="text-small">
        <Link
          href={`/my/usage?subscription=${subscriptionId}&from=${chargedFrom}&to=${chargedTo}`}
          className="underline"
        >
          {t("records")}
        </Link>
      </p>
    </div>
  );
}

type Charge = NonNullable<Operation["charge"]>;
type Words = ReturnType<typeof useTranslations<"operations.explain">>;

function priceWords({ priceVersion, detail }: Charge, t: Words): string {
  const price = priceVersion === null ? t("personal") : t("priceVersion", { version: priceVersion });
  return detail?.phase ? `${price}, ${t(detail.phase.isTrial ? "trial" : "promo")}` : price;
}

/** (fee − discount) × days ÷ days of the period, with what is not there left out. */
function formulaWords(charge: Charge, t: Words, locale: Locale): string {
  const money = (minor: bigint) => formatMoney(minor, locale);
  const [fee, discount, amount] = [charge.feeMinor, charge.discountMinor, charge.amountMinor].map(money);
  const days = { charged: charge.chargedDays, total: charge.periodDays };
  const whole = charge.amountMinor === charge.feeMinor - charge.discountMinor;
  if (isFee(charge.kind)) return t("once", { fee: money(charge.feeMinor) });
  if (fee === undefined || discount === undefined || amount === undefined) return "";
  if (charge.discountMinor > 0n)
    return whole
      ? t("discountedWhole", { fee, discount, amount })
      : t("discounted", { fee, discount, amount, ...days });
  return whole ? t("wholeCalculation", { fee }) : t("calculation", { fee, amount, ...days });
}

/** Each discount by its name, and how much it took off the fee of a whole period. */
function discountItems(charge: Charge, t: Words, locale: Locale) {
  const named = charge.detail?.discounts ?? [];
  if (named.length > 0)
    return named.map((one) => ({
      key: `discount ${one.source} ${one.label}`,
      label: t("discountNamed", { label: tariffName(one, locale) }),
      value: formatMoney(-BigInt(one.amountMinor), locale),
    }));
  return charge.discountMinor > 0n
    ? [{ key: "discount", label: t("discount"), value: formatMoney(-charge.discountMinor, locale) }]
    : [];
}
