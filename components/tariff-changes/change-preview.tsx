import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";
import { Money } from "@/components/ui/money";
import type { AccountTariff, TariffChange, TariffChoice } from "./outputs";
import { useTariffWords } from "./use-tariff-words";

type Props = {
  preview: TariffChange;
  present: AccountTariff;
  choice: TariffChoice;
  today: string;
  payHref: string | null;
};

/** What the change does, to the kopeck: what comes back, what is charged, what is left, what follows. */
export function ChangePreview({ preview, present, choice, today, payHref }: Props) {
  const t = useTranslations("changes.preview");
  const words = useTariffWords(today);
  const lacks = preview.missingMinor > 0n;
  const moves = [
    { key: "returned", minor: preview.returnedMinor },
    { key: "feeReturned", minor: preview.feeReturnedMinor },
    { key: "charged", minor: -preview.chargedMinor },
    { key: "changeFee", minor: -preview.changeFeeMinor },
  ] as const;
  const notes = [
    present.scheduled
      ? t("replaces", { to: words.name(present.scheduled), day: words.day(present.scheduled.effectiveOn) })
      : null,
    preview.endsPersonalPrice ? t("endsPersonal") : null,
  ].filter((note) => note !== null);
  return (
    <>
      <dl className="grid gap-1.5 text-[0.84375rem]">
        <Row label={t("from")} strong>
          {words.day(preview.effectiveOn)}
        </Row>
        {moves.map(({ key, minor }) =>
          minor === 0n ? null : (
            <Row key={key} label={t(key)}>
              <Money minor={minor} movement />
            </Row>
          ),
        )}
        {moves.every(({ minor }) => minor === 0n) ? <Row label={t("now")}>{t("nothing")}</Row> : null}
        {lacks ? (
          <Row label={t("balanceNow")} strong total>
            <Money minor={preview.balanceBeforeMinor} />
          </Row>
        ) : (
          <Row label={t("balanceAfter")} strong total>
            <Money minor={preview.balanceAfterMinor} />
          </Row>
        )}
        <Row label={t("fee")}>
          {words.fee({ ...choice, feeMinor: preview.feeAfterMinor })}
          {preview.feeBeforeMinor === preview.feeAfterMinor ? null : (
            <span className="block text-small text-muted">
              {t("instead", { fee: words.fee({ ...present, feeMinor: preview.feeBeforeMinor }) })}
            </span>
          )}
        </Row>
        {preview.nextChargeOn && !lacks ? (
          <Row label={t("next")}>
            {t("nextText", { day: words.day(preview.nextChargeOn), amount: words.money(preview.nextChargeMinor) })}
          </Row>
        ) : null}
      </dl>
      {notes.length > 0 ? (
        <ul className="grid gap-1 text-small text-muted">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
      {lacks ? (
        <p className="flex flex-wrap items-center justify-between gap-2 rounded-control bg-warn-soft px-3.5 py-2.5 text-small text-warn">
          {t("missing", { amount: words.money(preview.missingMinor) })}
          {payHref ? (
            <Link href={payHref} className="font-medium underline underline-offset-3">
              {t("pay")}
            </Link>
          ) : null}
        </p>
      ) : null}
    </>
  );
}

type RowProps = { label: string; strong?: boolean; total?: boolean; children: ReactNode };

function Row({ label, strong, total, children }: RowProps) {
  return (
    <div className={cn("flex items-baseline justify-between gap-4", total && "border-t border-line pt-1.5")}>
      <dt className="text-muted">{label}</dt>
      <dd className={cn("num text-right", strong && "font-semibold")}>{children}</dd>
    </div>
  );
}
