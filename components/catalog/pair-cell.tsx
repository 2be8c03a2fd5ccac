import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ChangePairDialog } from "./change-dialogs";
import type { Changes } from "./outputs";
import { usePriceWords } from "./use-price-words";

type Tariff = Changes["tariffs"][number];
type Props = {
  from: Tariff;
  to: Tariff;
  matrix: Changes["matrix"];
  terms: Tariff["terms"][number] | undefined;
  mayEdit: boolean;
  today: string;
};

/** One pair of the matrix in two lines: whether and for how much, and when; a dot when the words are its own. */
export function PairCell({ from, to, matrix, terms, mayEdit, today }: Props) {
  const t = useTranslations("catalog.changes");
  const words = usePriceWords(today);
  if (from.id === to.id || !terms) {
    return (
      <span aria-hidden="true" className="text-muted">
        —
      </span>
    );
  }
  const own = matrix.pairs.find((row) => row.fromTariffId === from.id && row.toTariffId === to.id) ?? null;
  const dot = own ? (
    <span
      className="ml-1.5 inline-block size-1.5 rounded-full bg-signal align-middle"
      role="img"
      aria-label={t("own")}
    />
  ) : null;
  const said: ReactNode = terms.allowed ? (
    <>
      <span className="text-ink">{terms.feeMinor === 0n ? t("free") : words.money(terms.feeMinor)}</span>
      {dot}
      <span className="block text-muted">{t(`cell.${terms.timing}`)}</span>
    </>
  ) : (
    <>
      <span className="text-danger">{t("forbidden")}</span>
      {dot}
    </>
  );
  if (!mayEdit) return said;
  const pair = t("pair", { from: words.name(from), to: words.name(to) });
  return (
    <ChangePairDialog
      fromTariffId={from.id}
      toTariffId={to.id}
      pair={pair}
      own={own}
      shown={{ allowed: terms.allowed }}
      trigger={
        <button
          type="button"
          className="-mx-1.5 -my-1 block min-h-11 w-full rounded-control px-1.5 py-1 text-left hover:bg-sunken"
        >
          <span className="sr-only">{pair}: </span>
          {said}
        </button>
      }
    />
  );
}
