import type { BlockRow } from "@/server/domain/subscriptions";
import { type Day, startOfDay } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import { chargeKey } from "../charge-key";
import { sumOf } from "../money-gate";
import type { AccountOutcome, AccountSnapshot } from "../propose-account";
import type { ChargedLine } from "../true-up";

/** What charging has written of an account so far, as the tables keep it. */
export interface Life {
  readonly availableMinor: Minor;
  readonly charged: ReadonlySet<string>;
  readonly lines: readonly ChargedLine[];
  readonly dueLater: AccountSnapshot["dueLater"];
  /** Financial blocks, opened and lifted by charging itself. */
  readonly closed: readonly BlockRow[];
}

export const born = (availableMinor: Minor): Life => ({
  ...{ availableMinor, charged: new Set<string>(), lines: [], dueLater: [], closed: [] },
});

/** The account after an outcome of a day: charges and credits stand in the book, financial blocks are opened and lifted. */
export function written(life: Life, { charges, credits, refused, lift }: AccountOutcome, day: Day, zone: string): Life {
  const back = new Map(credits.map((credit) => [credit.line, credit]));
  const at = startOfDay(day, zone);
  const lifted = life.closed.map((block) =>
    block.untilAt === null && lift.includes(block.subscriptionId ?? "") ? { ...block, untilAt: at } : block,
  );
  const isClosed = (id: string) => lifted.some((block) => block.subscriptionId === id && block.untilAt === null);
  return {
    availableMinor: life.availableMinor - sumOf(charges) + sumOf(credits),
    charged: new Set([
      ...life.charged,
      ...charges.map((one) => chargeKey(one.subscriptionId, one.term, one.period.start, one.kind)),
    ]),
    lines: [
      ...life.lines.map((line) => {
        const credit = back.get(line);
        if (!credit) return line;
        const [creditedMinor, creditedVatMinor] = [
          line.creditedMinor + credit.amountMinor,
          line.creditedVatMinor + credit.vatMinor,
        ];
        return {
          ...line,
          ...{ creditedMinor, creditedVatMinor, correctedMinor: creditedMinor, correctedVatMinor: creditedVatMinor },
        };
      }),
      ...charges.map(({ period, charged, ...one }) => ({
        ...one,
        ...{ periodStart: period.start, periodEnd: period.end },
        ...{ chargedFrom: charged.from, chargedTo: charged.to, chargedDays: charged.days },
        ...{ creditedMinor: 0n, creditedVatMinor: 0n, correctedMinor: 0n, correctedVatMinor: 0n },
      })),
    ],
    dueLater: [
      ...life.dueLater,
      ...charges.flatMap(({ subscriptionId, dueOn, amountMinor }) =>
        dueOn ? [{ subscriptionId, dueOn, amountMinor }] : [],
      ),
    ],
    closed: [
      ...lifted,
      ...refused
        .filter((id) => !isClosed(id))
        .map(
          (subscriptionId, place): BlockRow => ({
            ...{ id: `closed ${day} ${place}`, subscriptionId, reason: "financial", fromAt: at, untilAt: null },
          }),
        ),
    ],
  };
}
