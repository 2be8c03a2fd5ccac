import { useLocale, useTranslations } from "next-intl";
import { formatMoney, formatNumber, formatPercent } from "@/components/i18n/format";
import type { Locale } from "@/components/i18n/locale";
import type { Unit } from "@/server/domain/catalog/constants";
import type { StepDetail, UsageDetail } from "@/server/domain/rating";
import { exactWords, perWords, unitWords } from "./unit-words";

type Words = ReturnType<typeof useTranslations<"usage">>;

type Props = {
  usage: UsageDetail;
  late?: { readonly worthMinor: string; readonly chargedMinor: string } | undefined;
};

/** «Почему столько» of usage: every step that the line was made of, in the words of the bill. */
export function UsageStory({ usage, late }: Props) {
  const t = useTranslations("usage");
  const locale = useLocale();
  const money = (kopecks: string) => formatMoney(BigInt(kopecks), locale);
  return (
    <div className="num grid gap-3 text-[0.84375rem]">
      {usage.meters.map((meter) => (
        <section key={meter.meter} className="grid gap-1">
          <p className="flex items-baseline justify-between gap-3 font-medium">
            <span>
              {locale === "ru" ? meter.nameRu : meter.nameEn}
              <span className="font-normal text-muted">
                {" "}
                · {t("story.records", { count: meter.records })}, {unitWords(meter.units, meter.unit, t, locale)}
              </span>
            </span>
            <span className="shrink-0">{exactWords(meter.amount, locale)}</span>
          </p>
          <ul className="grid gap-0.5 text-muted">
            {meter.steps.map((step) => (
              <li key={`${step.kind} ${step.fromUnits ?? ""}`} className="flex items-baseline justify-between gap-3">
                <span className="min-w-0">{stepWords(step, meter.unit, t, locale)}</span>
                <span className="shrink-0">{exactWords(step.amount, locale)}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <dl className="grid gap-0.5 border-t border-line pt-2 text-muted empty:hidden [&>div]:flex [&>div]:justify-between [&>div]:gap-3">
        {usage.share ? (
          <Fact
            label={t("story.share")}
            value={t("story.shareDays", { days: usage.share.days, of: usage.share.ofDays })}
          />
        ) : null}
        {usage.cap ? <Fact label={t("story.cap")} value={money(usage.cap.capMinor)} /> : null}
        {usage.exact.includes(".") || usage.meters.length > 1 ? (
          <Fact label={t("story.exact")} value={exactWords(usage.exact, locale)} />
        ) : null}
        {carryOf(usage, t, locale).map(({ name, words }) => (
          <Fact key={name} label={`${t("story.carry")}, ${name}`} value={words} />
        ))}
        {late ? (
          <Fact
            label={t("story.late")}
            value={t("story.lateWorth", { worth: money(late.worthMinor), charged: money(late.chargedMinor) })}
          />
        ) : null}
      </dl>
    </div>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="text-right">{value}</dd>
    </div>
  );
}

function carryOf({ meters, carry = {} }: UsageDetail, t: Words, locale: Locale) {
  return meters.flatMap(({ meter, unit, nameRu, nameEn }) => {
    const left = (carry[meter] ?? []).reduce((sum, { units }) => sum + BigInt(units), 0n);
    if (left === 0n) return [];
    return [{ name: locale === "ru" ? nameRu : nameEn, words: unitWords(left, unit, t, locale) }];
  });
}

function stepWords(step: StepDetail, unit: Unit, t: Words, locale: Locale): string {
  const amount = (units: string | null | undefined) => unitWords(units ?? "0", unit, t, locale);
  const said = {
    units: amount(step.units),
    of: amount(step.ofUnits),
    from: amount(step.fromUnits),
    price: formatMoney(BigInt(step.priceMinor ?? "0"), locale),
    per: perWords(step.perUnits ?? "1", unit, t, locale),
    lots: formatNumber(BigInt(step.lots ?? "0"), locale),
    count: step.records ?? 0,
    percent: formatPercent((step.percentBp ?? 0) / 100, locale),
  };
  if (step.kind === "tier") {
    return step.upToUnits === null
      ? t("story.step.tierLast", said)
      : t("story.step.tier", { ...said, upTo: amount(step.upToUnits) });
  }
  const words = t(`story.step.${step.kind}`, said);
  return step.kind === "increments" && step.measuredUnits !== step.units
    ? `${words} (${t("story.step.incrementsMeasured", { units: amount(step.measuredUnits) })})`
    : words;
}
