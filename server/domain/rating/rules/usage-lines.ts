import { type Catalog, type CatalogPrice, priceOn, vatInside, vatPercentOn } from "@/server/domain/catalog";
import type { BlockRow, SubscriptionLife } from "@/server/domain/subscriptions";
import { addDays, type Day, daysBetween } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import { type Minor, maxMinor, minMinor } from "@/server/kernel/money";
import { nextPeriod } from "@/server/kernel/period";
import { blockedDays } from "./blocked-days";
import { isUsage, type UsageKind } from "./charge-key";
import type { ProposedCharge } from "./due-lines";
import { paidDays } from "./line-amount";
import { type MeterUsage, type RatedUsage, rateUsage, type UsageCarry, type UsageDetail } from "./rate-usage";
import type { ChargedLine, ProposedCredit } from "./true-up";
import { type UsageSpan, usageSpans } from "./usage-periods";

/** What was used in a span, charged before or not. */
export interface UsedSpan {
  readonly from: Day;
  readonly meters: readonly MeterUsage[];
  /** Something of it has not been charged. */
  readonly hasNew: boolean;
}

/** A charge of usage as it was made, with what it said. */
export interface UsageLine extends ChargedLine {
  readonly usage: UsageDetail;
}

/** Everything that charging a subscription's usage depends on. */
export interface SubscriptionUsage {
  readonly life: SubscriptionLife;
  /** Day of the first record that waits. */
  readonly firstNew: Day | null;
  readonly used: readonly UsedSpan[];
  /** Of the spans in question and of the period before them, in the order they were made. */
  readonly lines: readonly UsageLine[];
}

export interface UsageQuestion {
  readonly usage: readonly SubscriptionUsage[];
  readonly blocks: readonly BlockRow[];
  readonly catalog: Catalog;
  readonly today: Day;
  readonly zone: string;
}

export interface UsageAnswer {
  readonly lines: readonly ProposedCharge[];
  readonly credits: readonly ProposedCredit[];
}

/**
 * What usage is to be charged for on `today`: a line for each span that is over and has none. Records that came after it was
 * charged are rated together with the others, as if they had come in time, and the difference is a further line, or a credit of
 * the lines there are; nothing is rewritten. When that leaves another rest of a package for the next period, the next is rated
 * anew too. A second look, after what the first said was written, finds nothing.
 */
export function usageLines(question: UsageQuestion): UsageAnswer {
  const answers = question.usage.map((one) => linesOf(one, question));
  return {
    lines: answers.flatMap(({ lines }) => lines),
    credits: answers.flatMap(({ credits }) => credits),
  };
}

function linesOf(usage: SubscriptionUsage, question: UsageQuestion): UsageAnswer {
  const lines: ProposedCharge[] = [];
  const credits: ProposedCredit[] = [];
  let carry: { readonly of: UsageCarry; readonly term: number; readonly changed: boolean } | null = null;
  for (const span of usageSpans(usage.life, usage.firstNew, question.today)) {
    const made = usage.lines.filter((line) => line.term === span.term.term && line.periodStart === span.period.start);
    // Of another tariff nothing is left over.
    const before = carry?.term === span.term.term ? carry : { of: carriedInto(usage.lines, span), changed: false };
    const answer = rateSpan(usage, span, before.of, made, before.changed, question);
    const keptCarry = made.at(-1)?.usage.carry ?? {};
    carry = {
      of: answer?.rated.carry ?? keptCarry,
      term: span.term.term,
      changed: answer !== null && made.length > 0 && !isSame(answer.rated.carry, keptCarry),
    };
    if (!answer) continue;
    lines.push(...answer.lines);
    credits.push(...answer.credits);
  }
  return { lines, credits };
}

/** What the last line of the period before says is left. */
function carriedInto(lines: readonly UsageLine[], { term, period }: UsageSpan): UsageCarry {
  const before = lines.findLast((line) => line.term === term.term && line.periodEnd === period.start);
  return before?.usage.carry ?? {};
}

const isSame = (a: UsageCarry, b: UsageCarry) => JSON.stringify(a) === JSON.stringify(b);

/** Null when there is nothing to say: charged and nothing new, or nothing used and nothing to be paid for. */
function rateSpan(
  { life, used }: SubscriptionUsage,
  span: UsageSpan,
  carried: UsageCarry,
  made: readonly UsageLine[],
  isAnew: boolean,
  question: UsageQuestion,
): (UsageAnswer & { readonly rated: RatedUsage }) | null {
  const { meters = [], hasNew = false } = used.find((one) => one.from === span.from) ?? {};
  if (made.length > 0 && !hasNew && !isAnew) return null;
  const { catalog } = question;
  const tariff = catalog.tariffs.get(span.term.tariffId);
  const price = tariff && priceOn(tariff.prices, span.term.from, span.period.start);
  if (!tariff || price?.chargeMethod !== "usage" || !price.usagePricing) {
    if (!hasNew) return null;
    throw new DomainError("precondition", "usage.no_price", { from: span.from });
  }
  const share = shareOf(span, life, price, question);
  const rated = rateUsage({ pricing: price.usagePricing, usage: meters, carried, share, quantity: life.quantity });
  if (made.length === 0 && !hasNew && rated.amountMinor === 0n && Object.keys(rated.carry).length === 0) return null;
  const vatPercent = made[0]?.vatPercent ?? vatPercentOn(catalog.vatRates, tariff.vatCode, span.from);
  const kept = { amountMinor: keptOf(made, "amount"), vatMinor: keptOf(made, "vat") };
  const amountMinor = maxMinor(0n, rated.amountMinor - kept.amountMinor);
  const vatMinor = minMinor(amountMinor, maxMinor(0n, vatInside(rated.amountMinor, vatPercent) - kept.vatMinor));
  const line: ProposedCharge = {
    accountId: life.accountId,
    subscriptionId: life.subscriptionId,
    term: span.term.term,
    kind: kindAfter(made),
    // A line of nothing, which says how a period stands, asks for no money.
    gate: amountMinor === 0n ? "always" : price.moneyGate,
    period: span.period,
    charged: { from: span.from, to: span.to, days: daysBetween(span.from, span.to) },
    periodDays: daysBetween(span.period.start, span.period.end),
    bookedOn: bookedOn(span, life, made, question.today),
    dueOn: null,
    tariffId: tariff.id,
    priceVersion: price.version,
    feeMinor: 0n,
    discountMinor: 0n,
    amountMinor,
    vatPercent,
    vatMinor: amountMinor === 0n ? 0n : vatMinor,
    revenueCode: tariff.revenueCode,
    detail: {
      usage: rated.detail,
      ...(made.length > 0 && { late: { worthMinor: `${rated.amountMinor}`, chargedMinor: `${kept.amountMinor}` } }),
    },
  };
  const excess = {
    amountMinor: kept.amountMinor - rated.amountMinor,
    vatMinor: kept.vatMinor - vatInside(rated.amountMinor, vatPercent),
  };
  return {
    rated,
    lines: [line],
    credits: excess.amountMinor > 0n ? creditsOf(life, made, excess, tariff.revenueCode) : [],
  };
}

/** What usage is charged at so far: what people gave back of it changes nothing in what it is worth. */
function keptOf(made: readonly UsageLine[], what: "amount" | "vat"): Minor {
  return made.reduce(
    (sum, line) =>
      sum + (what === "amount" ? line.amountMinor - line.correctedMinor : line.vatMinor - line.correctedVatMinor),
    0n,
  );
}

function kindAfter(made: readonly UsageLine[]): UsageKind {
  return made.length === 0 ? "usage" : `usage:${made.length + 1}`;
}

/** The last day of what is charged when its time has come; today when it comes late: nothing lands in a month that is over. */
function bookedOn(span: UsageSpan, { anchorDay }: SubscriptionLife, made: readonly UsageLine[], today: Day): Day {
  const inTime = made.length === 0 && today < nextPeriod(span.period, anchorDay).end;
  return inTime ? addDays(span.to, -1) : today;
}

/** The part of the period that allowances and packages are for: by the price's rules, less blocked days. */
function shareOf(
  span: UsageSpan,
  { subscriptionId }: SubscriptionLife,
  price: CatalogPrice,
  { blocks, zone }: UsageQuestion,
) {
  const own = blocks.filter((block) => !block.subscriptionId || block.subscriptionId === subscriptionId);
  const paid = paidDays(
    {
      period: span.period,
      from: span.term.from,
      to: span.term.to,
      changedAtStart: span.term.term > 0,
      changedAtEnd: !span.isLastTerm,
      blocked: blockedDays(own, price.dayRule, span.to, zone),
    },
    price,
  );
  return paid ? { days: paid.days, ofDays: paid.of } : { days: 0, ofDays: 1 };
}

/**
 * Given back from the newest line on, none more than is left of it, in sum and in VAT. The VAT is that of the whole difference: of
 * each line's part by itself it would come to a kopeck more or less.
 */
function creditsOf(
  { accountId }: SubscriptionLife,
  made: readonly UsageLine[],
  excess: { readonly amountMinor: Minor; readonly vatMinor: Minor },
  revenueCode: string,
): ProposedCredit[] {
  let open = excess.amountMinor;
  let openVat = maxMinor(0n, excess.vatMinor);
  return made.toReversed().flatMap((line) => {
    const leftMinor = line.amountMinor - line.creditedMinor;
    const amountMinor = minMinor(open, leftMinor);
    if (amountMinor <= 0n) return [];
    open -= amountMinor;
    const vatMinor = minMinor(minMinor(openVat, line.vatMinor - line.creditedVatMinor), amountMinor);
    openVat -= vatMinor;
    return [
      {
        accountId,
        line,
        reason: "correction" as const,
        amountMinor,
        vatMinor,
        revenueCode,
        daysKept: line.chargedDays,
      },
    ];
  });
}

/** What is known of usage when these charges and credits have been written. */
export function afterUsage(
  usage: readonly SubscriptionUsage[],
  charges: readonly ProposedCharge[],
  credits: readonly ProposedCredit[],
): readonly SubscriptionUsage[] {
  return usage.map((one) => {
    const own = charges.filter((charge) => isUsage(charge.kind) && charge.subscriptionId === one.life.subscriptionId);
    if (own.length === 0) return one;
    const credited = (line: UsageLine) => {
      const given = credits.filter((credit) => credit.line === line);
      const amountMinor = given.reduce((sum, credit) => sum + credit.amountMinor, 0n);
      const vatMinor = given.reduce((sum, credit) => sum + credit.vatMinor, 0n);
      return {
        ...line,
        creditedMinor: line.creditedMinor + amountMinor,
        creditedVatMinor: line.creditedVatMinor + vatMinor,
        correctedMinor: line.correctedMinor + amountMinor,
        correctedVatMinor: line.correctedVatMinor + vatMinor,
      };
    };
    const charged = new Set(own.map((charge) => charge.charged.from));
    return {
      ...one,
      used: one.used.map((span) => (charged.has(span.from) ? { ...span, hasNew: false } : span)),
      lines: [...one.lines.map(credited), ...own.flatMap(lineOf)],
    };
  });
}

function lineOf(charge: ProposedCharge): UsageLine[] {
  const { detail, period, charged, ...rest } = charge;
  if (!detail?.usage) return [];
  return [
    {
      ...rest,
      periodStart: period.start,
      periodEnd: period.end,
      chargedFrom: charged.from,
      chargedTo: charged.to,
      chargedDays: charged.days,
      creditedMinor: 0n,
      creditedVatMinor: 0n,
      correctedMinor: 0n,
      correctedVatMinor: 0n,
      usage: detail.usage,
    },
  ];
}
