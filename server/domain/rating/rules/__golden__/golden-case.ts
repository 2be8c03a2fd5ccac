import type { z } from "zod";
import { type Catalog, type CatalogPrice, UsagePricing } from "@/server/domain/catalog";
import type { BlockRow, DiscountRow, SubscriptionRow } from "@/server/domain/subscriptions";
import { toDay } from "@/server/kernel/day";
import { formatAmount, type Minor, parseAmount } from "@/server/kernel/money";
import { changedTo } from "../apply-changes";
import { chargeKey } from "../charge-key";
import type { ProposedCharge } from "../due-lines";
import { foreseeDays } from "../foresee-charges";
import { type AccountSnapshot, proposeAccount } from "../propose-account";
import type { ChargedLine } from "../true-up";

export const ZONE = "Europe/Moscow";

export const PLENTY: Minor = 1_000_000_00n;

/** A tariff of a case: its fee, what differs from a prepaid month, and how it was published. */
export interface GoldenTariff
  extends Partial<Omit<CatalogPrice, "feeMinor" | "phases" | "newFrom" | "existingFrom" | "usagePricing">> {
  readonly fee: string;
  readonly vat?: "standard" | "usn5" | "usn7" | "none";
  /** `[months, fee]`, a trial when the fee is "trial". */
  readonly phases?: readonly (readonly [months: number, fee: string])[];
  /** What usage costs, as a price of usage is written. */
  readonly usage?: z.input<typeof UsagePricing>;
  /** Later versions: `[fee, for new subscribers from, for existing ones from]`. */
  readonly later?: readonly (readonly [fee: string, newFrom: string, existingFrom: string | null])[];
}

export interface GoldenSubscription {
  readonly tariff?: string;
  readonly from: string;
  readonly to?: string;
  readonly quantity?: number;
  /** `[fee, from, to]`. */
  readonly personal?: readonly [fee: string, from: string, to: string | null];
}

export interface GoldenCase {
  readonly tariffs?: Readonly<Record<string, GoldenTariff>>;
  readonly tariff?: GoldenTariff;
  readonly subscriptions?: Readonly<Record<string, GoldenSubscription>>;
  readonly from?: string;
  readonly to?: string;
  readonly quantity?: number;
  readonly personal?: GoldenSubscription["personal"];
  readonly anchor?: number;
  /** Balance and limits, rubles; plenty when not said. */
  readonly money?: string;
  /** `[reason, from, until]`, of one subscription when it is named; "2026-09-10" is its midnight, "2026-09-10T15" three in the afternoon. */
  readonly blocks?: readonly (readonly [reason: BlockRow["reason"], from: string, until: string | null, of?: string])[];
  /** `["10 %" or "50.00", from, to]`. */
  readonly discounts?: readonly (readonly [size: string, from: string, to: string | null])[];
  /** Tariffs that are cheaper together, by percent of each. */
  readonly bundle?: Readonly<Record<string, number>>;
  /** `[day, tariff]`: a change that waits. */
  readonly change?: readonly [day: string, tariff: string];
  /** A change made at once on the day, of what was paid for on `paidOn`. */
  readonly changeNow?: readonly [day: string, tariff: string];
  /** The day whose charges are already made, before the blocks, the end and the change came. */
  readonly paidOn?: string;
  /** Days looked at: `[from, until)`. */
  readonly live: readonly [from: string, until: string];
  /** What happens, a line a day and subscription: `"2026-11-14 368.33 = 650.00 × 17 / 30"`, `"… back 300.00"`, `"… refused"`. */
  readonly expect: readonly string[];
}

/** Runs a case and tells what charging did, in the words of its expectations. */
export function happened(golden: GoldenCase): string[] {
  const { account, catalog } = accountOf(golden);
  const told: string[] = [];
  const [from, until] = golden.live;
  for (const { on, outcome } of foreseeDays(account, catalog, toDay(from), ZONE, toDay(until))) {
    for (const line of outcome.charges) told.push(`${on} ${formatAmount(line.amountMinor)}`);
    for (const credit of outcome.credits) told.push(`${on} back ${formatAmount(credit.amountMinor)}`);
    if (outcome.refused.length > 0) told.push(`${on} refused`);
  }
  return told;
}

/** What is charged on the first day of a case. */
export function chargedOn(golden: GoldenCase): readonly ProposedCharge[] {
  const { account, catalog } = accountOf(golden);
  return proposeAccount(account, catalog, toDay(golden.live[0]), ZONE).charges;
}

/** The VAT of it. */
export const vatOf = (golden: GoldenCase): Minor[] => chargedOn(golden).map((line) => line.vatMinor);

const ARITHMETIC = /^(\d{4}-\d\d-\d\d (?:[a-z]+ )*)([\d.]+) = (.+)$/;

/** An expectation without its arithmetic, which is worked out here in whole numbers, half-up, and must come to its sum. */
export function withoutArithmetic(line: string): string {
  const match = ARITHMETIC.exec(line);
  if (!match) return line;
  const [, head = "", sum = "", sums = ""] = match;
  const worked = sums
    .split(/ (?=[+−] )/)
    .map((part) => (part.startsWith("− ") ? -work(part.slice(2)) : work(part.replace(/^\+ /, ""))))
    .reduce((total, part) => total + part, 0n);
  if (formatAmount(worked) !== sum) throw new Error(`"${line}": the arithmetic comes to ${formatAmount(worked)}`);
  return `${head}${sum}`;
}

/** `600.00 × 17 / 30` to a kopeck, half-up. */
function work(part: string): Minor {
  let [above, below] = [1n, 1n];
  for (const [, sign = "×", number = ""] of `× ${part}`.matchAll(/([×/]) ([\d.]+)/g)) {
    const value = number.includes(".") ? parseAmount(number) : BigInt(number);
    if (sign === "×") above *= value;
    else below *= value;
  }
  return (2n * above + below) / (2n * below);
}

function accountOf(golden: GoldenCase): { account: AccountSnapshot; catalog: Catalog } {
  const catalog = catalogOf(golden);
  const first = { ...snapshotOf(golden, { before: true }), availableMinor: PLENTY };
  if (!golden.paidOn) return { account: snapshotOf(golden, { before: false }), catalog };
  const paid = proposeAccount(first, catalog, toDay(golden.paidOn), ZONE).charges;
  const now = snapshotOf(golden, { before: false });
  return {
    account: {
      ...now,
      charged: new Set(paid.map((line) => chargeKey(line.subscriptionId, line.term, line.period.start, line.kind))),
      lines: paid.map(lineOf),
    },
    catalog,
  };
}

export function snapshotOf(golden: GoldenCase, { before }: { before: boolean }): AccountSnapshot {
  const rows = Object.entries(golden.subscriptions ?? { only: { ...golden, from: golden.from ?? "2025-01-01" } });
  const change = golden.changeNow;
  return {
    accountId: "account",
    anchorDay: golden.anchor ?? 1,
    availableMinor: golden.money === undefined ? PLENTY : signed(golden.money),
    subscriptions: rows.map(([id, row]) => {
      const made = subscriptionOf(id, before ? { ...row, to: undefined } : row);
      return change && !before ? changedTo(made, change[1], toDay(change[0])) : made;
    }),
    blocks: before ? [] : (golden.blocks ?? []).map(blockOf),
    discounts: (golden.discounts ?? []).map(discountOf),
    changes: golden.change
      ? [
          {
            id: "change",
            subscriptionId: rows[0]?.[0] ?? "",
            toTariffId: golden.change[1],
            effectiveOn: toDay(golden.change[0]),
          },
        ]
      : [],
    charged: new Set(),
    knownSince: toDay("2020-01-01"),
    lines: [],
    dueLater: [],
    paymentTermDays: 14,
    blockDelayDays: 10,
  };
}

export const signed = (text: string): Minor => parseAmount(text.replace("−", "-"));

function subscriptionOf(id: string, row: GoldenSubscription): SubscriptionRow {
  const personal = row.personal;
  return {
    accountId: "account",
    id,
    tariffId: typeof row.tariff === "string" ? row.tariff : "home",
    quantity: row.quantity ?? 1,
    startedOn: toDay(row.from),
    term: 0,
    termFrom: null,
    billedFrom: null,
    endedOn: row.to ? toDay(row.to) : null,
    personalPrices: personal
      ? [
          {
            feeMinor: parseAmount(personal[0]),
            validFrom: toDay(personal[1]),
            validTo: personal[2] === null ? null : toDay(personal[2]),
          },
        ]
      : [],
  };
}

function blockOf([reason, from, until, of]: NonNullable<GoldenCase["blocks"]>[number], index: number): BlockRow {
  return {
    id: `block ${index}`,
    subscriptionId: of ?? null,
    reason,
    fromAt: at(from),
    untilAt: until === null ? null : at(until),
  };
}

/** Moscow keeps three hours ahead of UTC all year. */
const at = (text: string) => new Date(`${text.includes("T") ? `${text}:00` : `${text}T00:00`}:00+03:00`);

function discountOf([size, from, to]: readonly [string, string, string | null], index: number): DiscountRow {
  const percent = /^([\d.]+) %$/.exec(size)?.[1];
  return {
    id: `discount ${index}`,
    subscriptionId: null,
    source: "personal",
    label: size,
    percentBp: percent === undefined ? null : Math.round(Number(percent) * 100),
    amountMinor: percent === undefined ? parseAmount(size) : null,
    validFrom: toDay(from),
    validTo: to === null ? null : toDay(to),
  };
}

export function catalogOf(golden: GoldenCase): Catalog {
  const tariffs = golden.tariffs ?? { home: golden.tariff ?? { fee: "600.00" } };
  const bundle = golden.bundle;
  return {
    tariffs: new Map(Object.entries(tariffs).map(([id, tariff]) => [id, tariffOf(id, tariff)])),
    bundles: bundle
      ? [
          {
            id: "bundle",
            code: "together",
            validFrom: toDay("2020-01-01"),
            validTo: null,
            parts: Object.entries(bundle).map(([tariffId, percent]) => ({
              bundleId: "bundle",
              tariffId,
              discountBp: percent * 100,
            })),
          },
        ]
      : [],
    vatRates: [
      { code: "standard", validFrom: toDay("2019-01-01"), percent: 20 },
      { code: "standard", validFrom: toDay("2026-01-01"), percent: 22 },
      { code: "usn5", validFrom: toDay("2025-01-01"), percent: 5 },
      { code: "usn7", validFrom: toDay("2025-01-01"), percent: 7 },
      { code: "none", validFrom: toDay("1992-01-01"), percent: 0 },
    ],
  } as unknown as Catalog;
}

function tariffOf(id: string, { fee, vat, phases, later, usage, ...price }: GoldenTariff) {
  const rules = {
    tariffId: id,
    chargeMethod: "monthly",
    moneyGate: "if_enough",
    prorationStart: "actual_days",
    prorationChange: "actual_days",
    prorationStop: "actual_days",
    dayRule: "connection_in",
    periodMonths: 1,
    maxCharges: null,
    usagePricing: usage ? UsagePricing.parse(usage) : null,
    phases: [],
    ...price,
  };
  return {
    id,
    code: id,
    kind: "internet",
    status: "published",
    isPublic: true,
    vatCode: vat ?? "standard",
    revenueCode: "revenue:internet",
    prices: [
      {
        ...rules,
        version: 1,
        newFrom: toDay("2020-01-01"),
        existingFrom: null,
        feeMinor: parseAmount(fee),
        phases: (phases ?? []).map(([months, phaseFee], position) => ({
          position,
          months,
          feeMinor: phaseFee === "trial" ? 0n : parseAmount(phaseFee),
          isTrial: phaseFee === "trial",
        })),
      },
      ...(later ?? []).map(([laterFee, newFrom, existingFrom], index) => ({
        ...rules,
        version: index + 2,
        newFrom: toDay(newFrom),
        existingFrom: existingFrom === null ? null : toDay(existingFrom),
        feeMinor: parseAmount(laterFee),
      })),
    ],
  };
}

function lineOf(charge: ProposedCharge): ChargedLine {
  return {
    subscriptionId: charge.subscriptionId,
    term: charge.term,
    periodStart: charge.period.start,
    periodEnd: charge.period.end,
    kind: charge.kind,
    chargedFrom: charge.charged.from,
    chargedTo: charge.charged.to,
    chargedDays: charge.charged.days,
    periodDays: charge.periodDays,
    tariffId: charge.tariffId,
    priceVersion: charge.priceVersion,
    feeMinor: charge.feeMinor,
    discountMinor: charge.discountMinor,
    amountMinor: charge.amountMinor,
    vatPercent: charge.vatPercent,
    vatMinor: charge.vatMinor,
    creditedMinor: 0n,
    creditedVatMinor: 0n,
    correctedMinor: 0n,
    correctedVatMinor: 0n,
  };
}
