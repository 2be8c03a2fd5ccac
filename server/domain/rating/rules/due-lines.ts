import { type Catalog, type CatalogPrice, type MoneyGate, vatInside, vatPercentOn } from "@/server/domain/catalog";
import type { BlockRow, EarlierTerm, SubscriptionRow } from "@/server/domain/subscriptions";
import { addDays, type Day, daysBetween, earlierDay, laterDay } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import { longPeriodHolding, monthsBetween, type Period } from "@/server/kernel/period";
import { blockedDays, isOpenOn } from "./blocked-days";
import { chargeKey, type LineKind, termKey } from "./charge-key";
import type { ChargedDays } from "./charged-days";
import { amountOf, BY_DAYS, dayShare, paidDays } from "./line-amount";
import type { Moment } from "./moment";
import { type PeriodQuote, type PriceSurroundings, priceOf, quotePeriod } from "./quote-period";
import type { UsageDetail } from "./rate-usage";
import { termStart } from "./term-of";
import { vatParts } from "./vat-parts";

/** One line of «почему столько»: (fee − discount) × charged days ÷ period days, from which price, with which VAT. */
export interface ProposedCharge {
  readonly accountId: string;
  readonly subscriptionId: string;
  readonly term: number;
  readonly kind: LineKind;
  readonly gate: MoneyGate;
  readonly period: Period;
  readonly charged: ChargedDays;
  readonly periodDays: number;
  /** The day it counts in: of charging, or the last day of what is charged when it is over. */
  readonly bookedOn: Day;
  /** Set by the gate for what is charged whatever the balance. */
  readonly dueOn: Day | null;
  readonly tariffId: string;
  /** Null when the price is personal. */
  readonly priceVersion: number | null;
  readonly feeMinor: Minor;
  readonly discountMinor: Minor;
  readonly amountMinor: Minor;
  readonly vatPercent: number;
  readonly vatMinor: Minor;
  readonly revenueCode: string;
  /** What the columns cannot say; null for the plain case. */
  readonly detail: ChargeDetail | null;
}

/** Sums as texts of kopecks, as JSON holds them. */
export interface ChargeDetail {
  readonly discounts?: readonly { source: string; label: string; percentBp: number | null; amountMinor: string }[];
  readonly phase?: { readonly position: number; readonly isTrial: boolean };
  readonly proration?: "thirty" | "none";
  readonly usage?: UsageDetail;
  /** Of usage that came after its period was charged: what the period is worth with it, what was charged without it. */
  readonly late?: { readonly worthMinor: string; readonly chargedMinor: string };
}

/** What the due lines of one subscription are looked for in. */
export interface DueQuestion extends Moment {
  readonly subscription: SubscriptionRow;
  /** Of this subscription and of the whole account. */
  readonly blocks: readonly BlockRow[];
  readonly catalog: Catalog;
  readonly anchorDay: number;
  readonly zone: string;
  readonly charged: ReadonlySet<string>;
  /** How many periods have been charged of what is over after so many: by `termKey`. */
  readonly made?: ReadonlyMap<string, number>;
  /** What is looked at is a tariff that was changed for another: its end is a change, not a stop. */
  readonly endsByChange?: true;
  /** What began before this day is not looked at: whether it was charged is not known. */
  readonly knownSince: Day;
  readonly around: PriceSurroundings;
}

/** What a subscription owes by `today` and has not been charged for, and whether the present is settled by that. */
export interface DueLines {
  readonly lines: readonly ProposedCharge[];
  /** False while a block keeps the question open: nothing is owed, and nothing proves that it is paid. */
  readonly settled: boolean;
}

const NOTHING: DueLines = { lines: [], settled: true };
const OPEN: DueLines = { lines: [], settled: false };

/** What the subscription's present tariff and those it had before it ask for, each by its own charge method. */
export function dueLines(question: DueQuestion): DueLines {
  const left = (question.subscription.earlier ?? []).flatMap((term) => earlierLines(question, term));
  const present = presentLines(question);
  return left.length === 0 ? present : { lines: [...left, ...present.lines], settled: false };
}

/** Days of a tariff that was changed, or had ended, before they were charged. */
function earlierLines(question: DueQuestion, { from, to: changedOn, ...term }: EarlierTerm): readonly ProposedCharge[] {
  const { subscription, catalog, today } = question;
  const to = earlierDay(changedOn, subscription.endedOn ?? changedOn);
  if (to <= question.knownSince || from >= to || from > today) return [];
  const as = {
    ...subscription,
    ...term,
    termFrom: from === subscription.startedOn ? null : from,
    endedOn: to,
    earlier: [],
  };
  const { price } = priceOf(as, catalog, addDays(to, -1));
  const asked: DueQuestion = { ...question, subscription: as, ...(to === changedOn && { endsByChange: true }) };
  switch (price?.chargeMethod) {
    case "arrears":
      return arrearsLines(asked, price).lines;
    case "daily":
      return dailyLines(asked, price).lines;
    case "monthly":
    case "anniversary": {
      const period = periodOf(asked, price, earlierDay(today, addDays(to, -1)));
      // A period that is over is its month's to make up for.
      if (period.end <= today) return [];
      return wholeLine(asked, period, "recurring", today, question.arrearsUntil).lines;
    }
    default:
      return [];
  }
}

/** Asks the price's charge method what is due. */
function presentLines(question: DueQuestion): DueLines {
  const { subscription, catalog, today, zone, blocks } = question;
  const begun = termStart(subscription);
  if (begun > today) return OPEN;
  const { price } = priceOf(subscription, catalog, laterDay(begun, today));
  const method = price?.chargeMethod ?? "monthly";
  const ahead = method !== "arrears" && method !== "usage";
  // What has ended is not charged ahead any more.
  if (ahead && subscription.endedOn !== null && subscription.endedOn <= today) return NOTHING;
  const stopped = blocks.some((block) => block.reason !== "financial" && isOpenOn(block, today, zone));
  switch (method) {
    case "monthly":
    case "anniversary": {
      if (stopped) return OPEN;
      const period = periodOf(question, price, today);
      return wholeLine(question, period, "recurring", today, question.arrearsUntil);
    }
    case "daily":
      return stopped ? OPEN : dailyLines(question, price);
    case "arrears":
      return arrearsLines(question, price);
    case "one_off":
      return stopped ? OPEN : wholeLine(question, { start: begun, end: addDays(begun, 1) }, "one_off", today, today);
    case "usage":
      // What was used is known to `usageLines`.
      return NOTHING;
  }
}

/** The period of a price that holds `day`: on the account's anchor, or on the subscription's own day of the month. */
export function periodOf(
  { subscription, anchorDay }: Pick<DueQuestion, "subscription" | "anchorDay">,
  price: CatalogPrice | null,
  day: Day,
): Period {
  const begun = termStart(subscription);
  return longPeriodHolding(day, anchorOf(price, subscription, anchorDay), price?.periodMonths ?? 1, begun);
}

/** A subscription's own anniversary, or the account's day. */
export function anchorOf(price: CatalogPrice | null, subscription: SubscriptionRow, anchorDay: number): number {
  return price?.chargeMethod === "anniversary" ? Number(termStart(subscription).slice(8)) : anchorDay;
}

function wholeLine(question: DueQuestion, period: Period, kind: LineKind, bookedOn: Day, knownBy: Day): DueLines {
  const { subscription, catalog, charged, zone } = question;
  if (period.start < question.knownSince || isBefore(period.start, subscription.billedFrom)) return NOTHING;
  if (charged.has(chargeKey(subscription.id, subscription.term, period.start, kind))) return NOTHING;
  const quote = quoteOf(question, period);
  const rules = quote.price ?? BY_DAYS;
  if (isBeyondLast(quote.price, question, period)) return NOTHING;
  const blocked =
    kind === "one_off" ? [] : blockedDays(question.blocks, quote.price?.dayRule ?? "connection_in", knownBy, zone);
  const days = paidDays(
    {
      period,
      from: termStart(subscription),
      to: subscription.endedOn,
      changedAtStart: subscription.term > 0,
      changedAtEnd: question.endsByChange ?? false,
      blocked,
    },
    rules,
  );
  if (!days) return NOTHING;
  const amountMinor = amountOf(quote.feeMinor - quote.discountMinor, days);
  if (amountMinor === 0n) return NOTHING;
  const detail = detailOf(quote, days.proration);
  const parts = vatParts(catalog.vatRates, quote.tariff.vatCode, { served: days, amountMinor, blocked });
  return {
    settled: false,
    lines: parts.map(({ charged: served, ...part }, place) =>
      lineOf(question, quote, catalog, {
        kind,
        period: place === 0 ? period : { start: served.from, end: period.end },
        charged: served,
        periodDays: days.of,
        bookedOn,
        detail,
        ...part,
      }),
    ),
  };
}

/** The days up to today that are not charged yet, each a line: of the current period, and of what else the moment spans. */
function dailyLines(question: DueQuestion, price: CatalogPrice | null): DueLines {
  const { today, bookedSince } = question;
  const now = periodOf(question, price, today);
  const before =
    bookedSince !== null && bookedSince < now.start
      ? daysOfPeriod(question, periodOf(question, price, addDays(now.start, -1)), bookedSince)
      : [];
  return within(question, [...before, ...daysOfPeriod(question, now, now.start)]);
}

function daysOfPeriod(question: DueQuestion, period: Period, from: Day): ProposedCharge[] {
  const { subscription, catalog, charged, today, zone } = question;
  const quote = quoteOf(question, period);
  if (isBeyondLast(quote.price, question, period)) return [];
  const blocked = blockedDays(question.blocks, quote.price?.dayRule ?? "connection_in", question.arrearsUntil, zone);
  const n = daysBetween(period.start, period.end);
  const feeMinor = quote.feeMinor - quote.discountMinor;
  const detail = detailOf(quote, null);
  const lines: ProposedCharge[] = [];
  const last = earlierDay(today, addDays(period.end, -1));
  for (let day = laterDay(from, termStart(subscription)); day <= last; day = addDays(day, 1)) {
    if (subscription.endedOn && day >= subscription.endedOn) break;
    if (isBefore(day, subscription.billedFrom)) continue;
    if (blocked.some((block) => day >= block.start && day < block.end)) continue;
    if (charged.has(chargeKey(subscription.id, subscription.term, day, "daily"))) continue;
    const amountMinor = dayShare(feeMinor, daysBetween(period.start, day) + 1, n);
    if (amountMinor === 0n) continue;
    const end = addDays(day, 1);
    lines.push(
      lineOf(question, quote, catalog, {
        kind: "daily",
        period: { start: day, end },
        charged: { from: day, to: end, days: 1 },
        periodDays: n,
        amountMinor,
        bookedOn: day,
        detail,
      }),
    );
  }
  return lines;
}

const isBefore = (day: Day, billedFrom: Day | null) => billedFrom !== null && day < billedFrom;

/** The period before the one that is not over, and that one too when the subscription has ended in it: each for what it was. */
function arrearsLines(question: DueQuestion, price: CatalogPrice | null): DueLines {
  const { subscription, arrearsUntil } = question;
  const begun = termStart(subscription);
  const now = periodOf(question, price, arrearsUntil);
  const before = periodOf(question, price, addDays(now.start, -1));
  const over = subscription.endedOn !== null && subscription.endedOn <= arrearsUntil;
  const candidates = over ? [before, now] : [before];
  const lines = candidates
    .filter((period) => period.end > begun && period.end > period.start)
    .flatMap((period) => {
      const end = earlierDay(period.end, subscription.endedOn ?? period.end);
      return wholeLine(question, period, "recurring", addDays(end, -1), earlierDay(period.end, arrearsUntil)).lines;
    });
  return within(question, lines);
}

/** The lines that the moment may book. One that it leaves to another is still owed, so nothing is settled by leaving it. */
function within({ bookedSince }: DueQuestion, lines: readonly ProposedCharge[]): DueLines {
  if (lines.length === 0) return NOTHING;
  const booked = bookedSince === null ? lines : lines.filter((line) => line.bookedOn >= bookedSince);
  return { lines: booked, settled: false };
}

function quoteOf({ subscription, catalog, anchorDay, around }: DueQuestion, period: Period): PeriodQuote {
  const { price } = priceOf(subscription, catalog, period.start);
  return quotePeriod(subscription, catalog, period.start, {
    ...around,
    anchorDay: anchorOf(price, subscription, anchorDay),
  });
}

/**
 * What is sold for a number of charges is over after so many periods that were charged, the first one, however short, counted;
 * by the day, after so many periods. Months that were blocked or not paid for are not among them.
 */
function isBeyondLast(price: CatalogPrice | null, question: DueQuestion, period: Period): boolean {
  if (!price?.maxCharges || price.chargeMethod === "one_off") return false;
  const { subscription, made } = question;
  if (price.chargeMethod !== "daily")
    return (made?.get(termKey(subscription.id, subscription.term)) ?? 0) >= price.maxCharges;
  const begun = termStart(subscription);
  const first = periodOf(question, price, begun);
  return monthsBetween(first.start, period.start) / price.periodMonths >= price.maxCharges;
}

interface LineParts {
  readonly kind: LineKind;
  readonly period: Period;
  readonly charged: ChargedDays;
  readonly periodDays: number;
  readonly amountMinor: Minor;
  readonly bookedOn: Day;
  readonly detail: ChargeDetail | null;
}

function lineOf({ subscription }: DueQuestion, quote: PeriodQuote, catalog: Catalog, parts: LineParts): ProposedCharge {
  const vatPercent = vatPercentOn(catalog.vatRates, quote.tariff.vatCode, parts.charged.from);
  return {
    accountId: subscription.accountId,
    subscriptionId: subscription.id,
    term: subscription.term,
    kind: parts.kind,
    gate: quote.price?.moneyGate ?? "if_enough",
    period: parts.period,
    charged: { from: parts.charged.from, to: parts.charged.to, days: parts.charged.days },
    periodDays: parts.periodDays,
    bookedOn: parts.bookedOn,
    dueOn: null,
    tariffId: quote.tariff.id,
    priceVersion: quote.priceVersion,
    feeMinor: quote.feeMinor,
    discountMinor: quote.discountMinor,
    amountMinor: parts.amountMinor,
    vatPercent,
    vatMinor: vatInside(parts.amountMinor, vatPercent),
    revenueCode: quote.tariff.revenueCode,
    detail: parts.detail,
  };
}

function detailOf(quote: PeriodQuote, proration: "thirty" | "none" | null): ChargeDetail | null {
  if (quote.discounts.length === 0 && !quote.phase && !proration) return null;
  return {
    ...(quote.discounts.length > 0 && {
      discounts: quote.discounts.map((one) => ({ ...one, amountMinor: one.amountMinor.toString() })),
    }),
    ...(quote.phase && { phase: quote.phase }),
    ...(proration && { proration }),
  };
}
