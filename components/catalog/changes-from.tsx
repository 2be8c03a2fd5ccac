import Form from "next/form";
import { useTranslations } from "next-intl";
import { SubmittingSelect } from "@/components/subscribers/submitting-select";
import { Button } from "@/components/ui/button";
import { Table, Tbody, Td, Th, Thead, Tr } from "@/components/ui/table";
import type { TariffKind } from "@/server/domain/catalog/constants";
import type { Changes } from "./outputs";
import { PairCell } from "./pair-cell";
import { usePriceWords } from "./use-price-words";

type Tariff = Changes["tariffs"][number];
type ChooserProps = {
  tariffs: readonly Tariff[];
  kind: TariffKind;
  from: Tariff | undefined;
  /** All pairs at once, while there are few. */
  mayShowAll: boolean;
  today: string;
};

/** Which tariff is left: one, or all of them as a table. */
export function ChangeFrom({ tariffs, kind, from, mayShowAll, today }: ChooserProps) {
  const t = useTranslations("catalog.changes");
  const words = usePriceWords(today);
  return (
    <Form action="/catalog/changes" className="flex items-center gap-2 px-4 py-3">
      {kind === "internet" ? null : <input type="hidden" name="kind" value={kind} />}
      <SubmittingSelect
        key={from?.id ?? "all"}
        name="from"
        size="s"
        defaultValue={from?.id ?? ""}
        aria-label={t("from")}
        className="min-w-0 flex-1 sm:max-w-80"
        options={[
          ...(mayShowAll ? [{ value: "", label: t("allPairs") }] : []),
          ...tariffs.map((tariff) => ({ value: tariff.id, label: words.name(tariff) })),
        ]}
      />
      <Button type="submit" size="s">
        {t("show")}
      </Button>
    </Form>
  );
}

type Props = { from: Tariff; tariffs: readonly Tariff[]; changes: Changes; mayEdit: boolean };

/** What one tariff is changed for, a row each: reads however many tariffs there are. */
export function ChangesFrom({ from, tariffs, changes, mayEdit }: Props) {
  const t = useTranslations("catalog.changes");
  const words = usePriceWords(changes.today);
  return (
    <Table label={t("fromLabel", { name: words.name(from) })} dense maxHeight="70dvh">
      <Thead>
        <Tr>
          <Th>{t("to")}</Th>
          <Th>{t("terms")}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {tariffs
          .filter((to) => to.id !== from.id)
          .map((to) => (
            <Tr key={to.id}>
              <Th scope="row" className="font-medium! whitespace-normal!">
                {words.name(to)}
                <MonthOf tariff={to} today={changes.today} />
              </Th>
              <Td>
                <PairCell
                  from={from}
                  to={to}
                  matrix={changes.matrix}
                  terms={from.terms.find((one) => one.toTariffId === to.id)}
                  mayEdit={mayEdit}
                  today={changes.today}
                />
              </Td>
            </Tr>
          ))}
      </Tbody>
    </Table>
  );
}

/** What a newcomer pays for it, under its name. */
export function MonthOf({ tariff, today }: { tariff: Tariff; today: string }) {
  const words = usePriceWords(today);
  if (tariff.feeMinor === null) return null;
  return (
    <span className="block font-normal text-muted">
      {words.fee({ feeMinor: tariff.feeMinor, periodMonths: tariff.periodMonths, chargeMethod: "monthly" })}
    </span>
  );
}
