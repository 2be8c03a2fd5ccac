import { X } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { formatDay, formatMonth } from "@/components/i18n/format-date";
import { LIST_PATH, type ListParams, listHref } from "./list-params";
import { tariffName } from "./tariff-name";

type Chip = { id: string; text: string; without: Record<string, undefined> };
type Props = { params: ListParams; tariffs: readonly { code: string; nameRu: string; nameEn: string }[] };

/** What the list is narrowed by, each condition in words and with its own way out. */
export function FilterChips({ params, tariffs }: Props) {
  const t = useTranslations("subscribers.list");
  const chips = useChips(params, tariffs);
  if (chips.length === 0) return null;
  return (
    <ul aria-label={t("filters")} className="mb-4 flex flex-wrap items-center gap-2">
      {chips.map((chip) => (
        <li key={chip.id}>
          <Link
            href={listHref(params, chip.without)}
            aria-label={t("remove", { what: chip.text })}
            className="inline-flex min-h-[30px] items-center gap-1.5 rounded-full border border-line bg-surface pr-2 pl-3 text-small hover:border-faint"
          >
            {chip.text}
            <X aria-hidden="true" className="size-3.5 text-muted" />
          </Link>
        </li>
      ))}
      {chips.length > 1 ? (
        <li>
          <Link href={LIST_PATH} className="px-1.5 text-small text-muted underline hover:text-ink">
            {t("clear")}
          </Link>
        </li>
      ) : null}
    </ul>
  );
}

function useChips({ filter }: ListParams, tariffs: Props["tariffs"]): Chip[] {
  const t = useTranslations("subscribers.list");
  const locale = useLocale();
  const chips: Chip[] = [];
  const tariff = tariffs.find((row) => row.code === filter.tariff);
  const interval = (name: "started" | "ended", from: string | undefined, to: string | undefined) => {
    const day = (value: string) => formatDay(value, locale);
    if (from && to) return t(`chip.${name}`, { from: day(from), to: day(to) });
    if (from) return t(`chip.${name}From`, { from: day(from) });
    return to ? t(`chip.${name}To`, { to: day(to) }) : null;
  };
  const add = (id: string, text: string | null | undefined, ...names: string[]) => {
    if (text) chips.push({ id, text, without: Object.fromEntries(names.map((name) => [name, undefined])) });
  };
  add("query", filter.query && t("chip.query", { value: filter.query }), "q");
  add("state", filter.state && t("chip.state", { value: t(filter.state) }), "state");
  add(
    "tariff",
    filter.tariff && t("chip.tariff", { value: tariff ? tariffName(tariff, locale) : filter.tariff }),
    "tariff",
  );
  add("started", interval("started", filter.startedFrom, filter.startedTo), "startedFrom", "startedTo");
  add("ended", interval("ended", filter.endedFrom, filter.endedTo), "endedFrom", "endedTo");
  add(
    "chargedIn",
    filter.chargedIn && t("chip.chargedIn", { month: formatMonth(filter.chargedIn, locale) }),
    "chargedIn",
  );
  return chips;
}
