import { useTranslations } from "next-intl";
import type { ChangeTime, TariffChange } from "./outputs";
import { useTariffWords } from "./use-tariff-words";

type Props = {
  times: readonly ChangeTime[];
  value: ChangeTime;
  onChange: (time: ChangeTime) => void;
  /** The days, as they become known. */
  asked: Partial<Record<ChangeTime, TariffChange | string>>;
  today: string;
};

/** When it comes: one of two, or the one that is allowed, said. */
export function TimeChoice({ times, value, onChange, asked, today }: Props) {
  const t = useTranslations("changes");
  const words = useTariffWords(today);
  const [only] = times;
  if (times.length === 1 && only) return <p className="text-small text-muted">{t(`only.${only}`)}</p>;
  return (
    <fieldset className="grid gap-2 sm:grid-cols-2">
      <legend className="mb-1.5 text-small font-medium">{t("when.legend")}</legend>
      {times.map((time) => {
        const answer = asked[time];
        return (
          <label
            key={time}
            className="relative grid min-h-14 cursor-pointer content-center rounded-control border border-line px-3 py-1.5 transition-colors duration-150 has-checked:border-ink has-checked:bg-sunken has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-info"
          >
            <input
              type="radio"
              name="when"
              value={time}
              checked={value === time}
              onChange={() => onChange(time)}
              className="absolute inset-0 m-0 cursor-pointer appearance-none rounded-[inherit] outline-none"
            />
            <span className="font-medium">{t(`when.${time}`)}</span>
            <span className="text-small text-muted">
              {typeof answer === "object"
                ? t("when.from", { day: words.day(answer.effectiveOn) })
                : t(`when.${time}Text`)}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
