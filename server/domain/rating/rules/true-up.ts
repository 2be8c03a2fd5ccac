import { type Catalog, type CatalogPrice, vatInside } from "@/server/domain/catalog";
import type { BlockRow, SubscriptionRow } from "@/server/domain/subscriptions";
import { type Day, earlierDay } from "@/server/kernel/day";
import { type Minor, maxMinor, minMinor } from "@/server/kernel/money";
import type { Period } from "@/server/kernel/period";
import { type BlockedDays, blockedDays } from "./blocked-days";
import type { LineKind } from "./charge-key";
import { chargedDays } from "./charged-days";
import { amountOf, BY_DAYS, type ProrationRules, thirties } from "./line-amount";
import { termStart } from "./term-of";

/** A charge as it was made, and what has been given back of it so far. */
export interface ChargedLine {
  readonly subscriptionId: string;
  readonly term: number;
  readonly periodStart: Day;
  readonly periodEnd: Day;
  readonly kind: LineKind;
  readonly chargedFrom: Day;
  readonly chargedTo: Day;
  readonly chargedDays: number;
  readonly periodDays: number;
  readonly tariffId: string;
  readonly priceVersion: number | null;
  readonly feeMinor: Minor;
  readonly discountMinor: Minor;
  readonly amountMinor: Minor;
  readonly vatPercent: number;
  readonly vatMinor: Minor;
  readonly creditedMinor: Minor;
  readonly creditedVatMinor: Minor;
  /** Of what was given back: what charging itself gave because the line was worth less; not what people gave. */
  readonly correctedMinor: Minor;
  readonly correctedVatMinor: Minor;
}

/** Money to be given back of a line: a new entry that names it. */
export interface ProposedCredit {
  readonly accountId: string;
  readonly line: ChargedLine;
  readonly reason: "unused_days" | "tariff_change" | "correction";
  readonly amountMinor: Minor;
  readonly vatMinor: Minor;
  readonly revenueCode: string;
  /** Days of the line that stay charged. */
  readonly daysKept: number;
}

export interface TrueUpQuestion {
  readonly lines: readonly ChargedLine[];
  readonly subscriptions: readonly SubscriptionRow[];
  readonly blocks: readonly BlockRow[];
  readonly catalog: Catalog;
  readonly today: Day;
  readonly zone: string;
}

/**
 * What is to be given back of fees paid ahead: days that were lost afterwards to a block, an early end or a change of tariff.
 *
 * Credit = charged − what charging gave back so far − what the line is worth now, by the rule that made it; so a second look
 * gives nothing. What people gave back (an outage, goodwill) is beside it and is not taken back by it; all credits of a line
 * together are never more than the line. A block counts when it is over, or when the period is: not a
 * kopeck a day while it lasts.
 */
export function trueUp(question: TrueUpQuestion): ProposedCredit[] {
  return question.lines.flatMap((line) => {
    const subscription = question.subscriptions.find((one) => one.id === line.subscriptionId);
    const credit =
      subscription && (line.kind === "recurring" || line.kind === "daily")
        ? creditOf(line, subscription, question)
        : null;
    return credit ? [credit] : [];
  });
}

function creditOf(line: ChargedLine, subscription: SubscriptionRow, question: TrueUpQuestion): ProposedCredit | null {
  const tariff = question.catalog.tariffs.get(line.tariffId);
  if (!tariff) return null;
  const replaced = line.term < subscription.term;
  const changed = replaced ? nextTermFrom(subscription, line.term) : null;
  const end = changed === null ? subscription.endedOn : earlierDay(changed, subscription.endedOn ?? changed);
  const rules = ruleOf(tariff.prices, line);
  const span = countedSpan(line, end, replaced, rules);
  const kept = keptOf(line, { span, end, replaced, lost: lostDays(line, span, question, subscription.id) }, rules);
  const lostMinor = line.amountMinor - line.correctedMinor - kept.worthMinor;
  const leftMinor = line.amountMinor - line.creditedMinor;
  const amountMinor = minMinor(lostMinor, leftMinor);
  if (amountMinor <= 0n) return null;
  const leftVatMinor = line.vatMinor - line.creditedVatMinor;
  const lostVatMinor = line.vatMinor - line.correctedVatMinor - vatInside(kept.worthMinor, line.vatPercent);
  // What is left of the line goes back whole, its last kopeck of VAT with it.
  const vatMinor = amountMinor === leftMinor ? leftVatMinor : minMinor(lostVatMinor, leftVatMinor);
  return {
    accountId: subscription.accountId,
    line,
    reason: replaced ? "tariff_change" : "unused_days",
    amountMinor,
    vatMinor: maxMinor(0n, minMinor(vatMinor, amountMinor)),
    revenueCode: tariff.revenueCode,
    daysKept: kept.days,
  };
}

/** The day a changed tariff's days end on: the next one begins, whatever has become of that. */
function nextTermFrom(subscription: SubscriptionRow, term: number): Day {
  return (subscription.earlier ?? [])
    .filter((one) => one.term > term)
    .reduce((first, one) => earlierDay(first, one.from), termStart(subscription));
}

type PriceRules = ProrationRules & Pick<CatalogPrice, "dayRule">;

/** The rules of the version that made the line; of a personal price, those of the tariff's latest. */
function ruleOf(prices: readonly CatalogPrice[], line: ChargedLine): PriceRules {
  return (
    prices.find((one) => one.version === line.priceVersion) ?? prices.at(-1) ?? { ...BY_DAYS, dayRule: "connection_in" }
  );
}

/** The days that are counted of a line: where a rule charges a cut whole, the days before the start or after the end with it. */
function countedSpan(line: ChargedLine, end: Day | null, replaced: boolean, rules: PriceRules): Period {
  const startRule = line.term > 0 ? rules.prorationChange : rules.prorationStart;
  const endRule = replaced ? rules.prorationChange : rules.prorationStop;
  return {
    start: startRule === "none" ? line.periodStart : line.chargedFrom,
    end: endRule === "none" && end !== null && end <= line.chargedTo ? line.periodEnd : line.chargedTo,
  };
}

/** Blocks that touch the counted days and whose days are known: of what is over, all of them; before that, those that have ended. */
function lostDays(
  line: ChargedLine,
  span: Period,
  { blocks, today, zone, catalog }: TrueUpQuestion,
  subscriptionId: string,
): BlockedDays[] {
  const over = line.periodEnd <= today;
  const counted = blocks.filter(
    (block) => (!block.subscriptionId || block.subscriptionId === subscriptionId) && (over || block.untilAt !== null),
  );
  const { dayRule } = ruleOf(catalog.tariffs.get(line.tariffId)?.prices ?? [], line);
  return blockedDays(counted, dayRule, earlierDay(today, line.periodEnd), zone).filter(
    (one) => one.end > span.start && one.start < span.end,
  );
}

/** What of a line stays charged when it ends on `end` and `lost` days were not served. */
function keptOf(
  line: ChargedLine,
  {
    span,
    end,
    replaced,
    lost,
  }: {
    readonly span: Period;
    readonly end: Day | null;
    readonly replaced: boolean;
    readonly lost: readonly BlockedDays[];
  },
  rules: PriceRules,
) {
  // What was not served at all is worth nothing, by whatever rule it was charged and its end is cut.
  if (end !== null && end <= line.chargedFrom) return { days: 0, worthMinor: 0n };
  const endRule = replaced ? rules.prorationChange : rules.prorationStop;
  const cut = end !== null && end < line.chargedTo && endRule !== "none" ? end : null;
  const blocked = rules.prorationStop === "none" ? [] : lost;
  const whole = { days: line.chargedDays, worthMinor: line.amountMinor };
  if (cut === null && blocked.length === 0) return whole;
  const served = chargedDays({ start: line.chargedFrom, end: line.chargedTo }, line.chargedFrom, cut, blocked);
  const days = served ? (chargedDays(span, span.start, cut, blocked)?.days ?? 0) : 0;
  if (days >= line.chargedDays) return whole;
  const thirty = (cut !== null && endRule === "thirty") || (blocked.length > 0 && rules.prorationStop === "thirty");
  const of = thirty ? thirties(line.periodDays) : line.periodDays;
  const worthMinor = amountOf(line.feeMinor - line.discountMinor, { days: Math.min(days, of), of });
  return { days, worthMinor: minMinor(worthMinor, line.amountMinor) };
}
