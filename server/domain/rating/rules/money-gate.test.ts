import { expect, test } from "vitest";
import { toDay } from "@/server/kernel/day";
import type { ProposedCharge } from "./due-lines";
import { passGate } from "./money-gate";

const line = (subscriptionId: string, from: string, to: string, amountMinor: bigint) =>
  ({
    ...{ subscriptionId, term: 0, kind: "recurring", gate: "to_limit", amountMinor },
    period: { start: toDay(from), end: toDay(to) },
  }) as unknown as ProposedCharge;

test("a period that a new rate of VAT has parted is charged whole or not at all, down to the limit too", () => {
  const parted = [line("a", "2025-11-01", "2026-02-01", 13_08n), line("a", "2026-01-01", "2026-02-01", 26_16n)];
  const other = line("b", "2025-12-01", "2026-01-01", 20_00n);
  expect(passGate([...parted, other], 26_16n)).toEqual({ taken: [other], refused: parted });
  expect(passGate([...parted, other], 39_24n)).toEqual({ taken: parted, refused: [other] });
  expect(passGate([...parted, other], 59_24n)).toEqual({ taken: [...parted, other], refused: [] });
});
