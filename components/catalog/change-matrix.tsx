import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/blocks/empty-state";
import { Card, CardHeader } from "@/components/ui/card";
import { StatusBadge } from "@/components/ui/status-badge";
import { TabLinks } from "@/components/ui/tab-links";
import { Table, Tbody, Td, Th, Thead, Tr } from "@/components/ui/table";
import { TARIFF_KINDS, type TariffKind } from "@/server/domain/catalog/constants";
import { ChangeDefaultDialog } from "./change-dialogs";
import { ChangeFrom, ChangesFrom, MonthOf } from "./changes-from";
import type { Changes } from "./outputs";
import { PairCell } from "./pair-cell";
import { usePriceWords } from "./use-price-words";

/** As many tariffs fit on a screen as a table of pairs; of more, the changes from one are shown at a time. */
const MOST_AS_TABLE = 12;
const CHANGEABLE = TARIFF_KINDS.filter((kind) => kind !== "option");

type Props = { changes: Changes; kind: TariffKind; fromTariffId: string | undefined; mayEdit: boolean };

/** The general rules, and the pairs of one kind of tariff as a table: from a row to a column, or from one tariff to each. */
export function ChangeMatrixView({ changes, kind, fromTariffId, mayEdit }: Props) {
  const t = useTranslations("catalog.changes");
  const { today } = changes;
  const words = usePriceWords(today);
  const shown = changes.tariffs.filter((tariff) => tariff.kind === kind);
  const fits = shown.length <= MOST_AS_TABLE;
  const from = shown.find(({ id }) => id === fromTariffId) ?? (fits ? undefined : shown[0]);
  return (
    <div className="grid gap-4">
      <Card className="overflow-hidden">
        <CardHeader title={t("defaults")} sub={t("defaultsSub")} />
        <ul className="divide-y divide-line border-t border-line">
          {changes.matrix.defaults.map((row) => (
            <li key={row.direction} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 px-4 py-3">
              <span className="min-w-0 flex-1 basis-60">
                <span className="font-medium">{t(row.direction)}</span>
                <span className="block text-small text-muted">
                  {row.allowed
                    ? `${t("fee")}: ${row.feeMinor === 0n ? t("free") : words.money(row.feeMinor)} · ${t(`timings.${row.timing}`)}`
                    : null}
                </span>
              </span>
              <StatusBadge tone={row.allowed ? "ok" : "danger"}>{t(row.allowed ? "allowed" : "forbidden")}</StatusBadge>
              {mayEdit ? <ChangeDefaultDialog direction={row.direction} terms={row} /> : null}
            </li>
          ))}
        </ul>
      </Card>

      <Card className="overflow-hidden">
        <CardHeader title={t("matrix")} sub={t(from ? "fromSub" : "matrixSub")} />
        <TabLinks
          label={t("kinds")}
          className="px-4"
          items={CHANGEABLE.map((one) => ({
            href: one === "internet" ? "/catalog/changes" : `/catalog/changes?kind=${one}`,
            label: words.kind(one),
            current: one === kind,
          }))}
        />
        {shown.length < 2 ? (
          <EmptyState title={t("none")} text={t("noneText")} />
        ) : (
          <>
            <ChangeFrom tariffs={shown} kind={kind} from={from} mayShowAll={fits} today={today} />
            {from ? (
              <ChangesFrom from={from} tariffs={shown} changes={changes} mayEdit={mayEdit} />
            ) : (
              <Table label={t("matrixLabel")} dense maxHeight="70dvh">
                <Thead>
                  <Tr>
                    <Th className="left-0 z-2!">{t("fromTo")}</Th>
                    {shown.map((to) => (
                      <Th key={to.id} className="min-w-32 whitespace-normal!">
                        {words.name(to)}
                      </Th>
                    ))}
                  </Tr>
                </Thead>
                <Tbody>
                  {shown.map((row) => (
                    <Tr key={row.id}>
                      <Th scope="row" className="sticky left-0 z-1 min-w-36 bg-surface font-medium! whitespace-normal!">
                        {words.name(row)}
                        <MonthOf tariff={row} today={today} />
                      </Th>
                      {shown.map((to) => (
                        <Td key={to.id}>
                          <PairCell
                            from={row}
                            to={to}
                            matrix={changes.matrix}
                            terms={row.terms.find((one) => one.toTariffId === to.id)}
                            mayEdit={mayEdit}
                            today={today}
                          />
                        </Td>
                      ))}
                    </Tr>
                  ))}
                </Tbody>
              </Table>
            )}
          </>
        )}
      </Card>
    </div>
  );
}
