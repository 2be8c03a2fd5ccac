import type { Minor } from "@/server/kernel/money";
import type { Total } from "../constants";
import type { ImportRow } from "./read-row";

export interface Totals {
  readonly accounts: number;
  readonly active: number;
  readonly terminated: number;
  readonly mrrMinor: Minor;
  readonly chargedMinor: Minor;
  readonly paidMinor: Minor;
  readonly openingMinor: Minor;
}

export const NO_TOTALS: Totals = {
  accounts: 0,
  active: 0,
  terminated: 0,
  mrrMinor: 0n,
  chargedMinor: 0n,
  paidMinor: 0n,
  openingMinor: 0n,
};

/** What the file itself says, one row more. */
export function withRow(totals: Totals, row: ImportRow): Totals {
  const active = row.endedOn === null;
  return {
    accounts: totals.accounts + 1,
    active: totals.active + (active ? 1 : 0),
    terminated: totals.terminated + (active ? 0 : 1),
    mrrMinor: totals.mrrMinor + (active ? (row.feeMinor ?? 0n) : 0n),
    chargedMinor: totals.chargedMinor + row.history.totalMinor,
    paidMinor: totals.paidMinor + row.history.totalMinor,
    openingMinor: totals.openingMinor + row.openingMinor,
  };
}

export function sumOf(a: Totals, b: Totals): Totals {
  return {
    accounts: a.accounts + b.accounts,
    active: a.active + b.active,
    terminated: a.terminated + b.terminated,
    mrrMinor: a.mrrMinor + b.mrrMinor,
    chargedMinor: a.chargedMinor + b.chargedMinor,
    paidMinor: a.paidMinor + b.paidMinor,
    openingMinor: a.openingMinor + b.openingMinor,
  };
}

const KEYS: Record<Total, keyof Totals> = {
  accounts: "accounts",
  active: "active",
  terminated: "terminated",
  mrr: "mrrMinor",
  charged: "chargedMinor",
  paid: "paidMinor",
  opening: "openingMinor",
};

export const totalOf = (totals: Totals, name: Total): bigint => BigInt(totals[KEYS[name]]);

/** The named totals that are not the same on both sides. */
export function differing(names: readonly Total[], source: Totals, ours: Totals): Total[] {
  return names.filter((name) => totalOf(source, name) !== totalOf(ours, name));
}
