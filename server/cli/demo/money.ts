import { readBalances } from "@/server/domain/ledger";
import { recordPayments } from "@/server/domain/payments";
import { addDays, type Day, dayIn, startOfDay } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import { periodHolding } from "@/server/kernel/period";
import { type PlannedPayment, plannedPayments, sumFor } from "./payers";
import { type Home, isPaying, periodFee, type Town } from "./town";

interface Paid {
  readonly home: Home;
  readonly amountMinor: Minor;
}

/** Writes into the calendar how the homes will pay for the period after the one that holds `day`. */
export function planPayments(town: Town, homes: Iterable<Home>, day: Day): void {
  for (const home of homes) {
    if (home.gone) continue;
    const next = periodHolding(day, home.plan.anchorDay).end;
    for (const payment of plannedPayments(town.chance, home.plan, next, town.today)) {
      schedule(town, home, payment.on > day ? payment : { ...payment, on: addDays(day, 1) });
    }
  }
}

/** Today's payers pay what they are missing. Answers their accounts. */
export async function payOnDay(town: Town, day: Day): Promise<string[]> {
  const planned = (town.calendar.get(day) ?? []).filter(({ home }) => isPaying(home, day));
  town.calendar.delete(day);
  const latest = new Map<Home, PlannedPayment>(planned.map(({ home, payment }) => [home, payment]));
  return pay(town, await sums(town, latest, day));
}

async function sums(town: Town, aims: ReadonlyMap<Home, PlannedPayment>, day: Day): Promise<Paid[]> {
  const homes = [...aims.keys()];
  if (homes.length === 0) return [];
  const balances = await readBalances(
    town.ctx,
    homes.map((home) => home.accountId),
  );
  return homes.flatMap((home) => {
    const payment = aims.get(home);
    if (!payment) return [];
    const unpaidNow = town.closed.has(home.accountId);
    const start = unpaidNow ? day : periodHolding(day, home.plan.anchorDay).end;
    const balance = balances.get(home.accountId) ?? 0n;
    const amountMinor = sumFor(payment.aim, periodFee(town, home, start), balance, home.plan.roundToMinor);
    return amountMinor > 0n ? [{ home, amountMinor }] : [];
  });
}

/** Money of people who have just signed: most bring a whole fee, some come back tomorrow. */
export async function payOnArrival(town: Town, homes: readonly Home[], day: Day): Promise<void> {
  const paying = homes.filter(() => town.chance.happens(day === town.today ? 0.6 : 0.93));
  await pay(
    town,
    paying.map((home) => ({
      home,
      amountMinor: sumFor("one_period", periodFee(town, home, day), 0n, home.plan.roundToMinor),
    })),
  );
  for (const home of homes) if (!paying.includes(home)) payTomorrow(town, home, day);
}

/** A payment that was put off by a day. */
export function payTomorrow(town: Town, home: Home, day: Day): void {
  schedule(town, home, { on: addDays(day, 1), aim: "one_period" });
}

function schedule(town: Town, home: Home, payment: PlannedPayment): void {
  const planned = town.calendar.get(payment.on) ?? [];
  planned.push({ home, payment });
  town.calendar.set(payment.on, planned);
}

/** Balances brought over from the books before ours: most had paid for the month, some had not. */
export async function bringBalances(town: Town, homes: readonly Home[], day: Day): Promise<void> {
  const paid = homes.flatMap((home) => {
    const { plan } = home;
    const fee = periodFee(town, home, day);
    const share = plan.lastPaymentMinor !== null || plan.habit === "invoice" ? 4 : town.chance.between(0, 12);
    if (plan.habit === "late" && share < 4) return [];
    if (plan.habit === "halves" && share < 6) return [{ home, amountMinor: sumFor("half", fee, 0n, 50_00n) }];
    const periods = plan.habit === "ahead" ? BigInt(town.chance.between(1, 3)) : 1n;
    const rest = plan.lastPaymentMinor === null && share > 9 ? BigInt(town.chance.between(1, 180)) * 1_00n : 0n;
    return [{ home, amountMinor: fee * periods + rest }];
  });
  await pay(town, paid, "import");
}

async function pay(town: Town, paid: readonly Paid[], door?: "import"): Promise<string[]> {
  const { ctx } = town;
  const bookedOn = dayIn(ctx.now(), ctx.zone);
  const opened = startOfDay(bookedOn, ctx.zone).getTime();
  const moment = () => Math.max(opened, ctx.now().getTime() - town.chance.between(1, 45) * 60_000);
  const rows = paid.filter(({ amountMinor }) => amountMinor > 0n);
  await recordPayments(
    ctx,
    rows.map(({ home, amountMinor }) => ({
      accountId: home.accountId,
      // Companies pay from their bank, people at the counter.
      provider: door ?? (home.plan.habit === "invoice" ? "import" : "office"),
      externalId: ctx.newId(),
      amountMinor,
      paidAt: new Date(moment()),
      bookedOn,
    })),
  );
  return rows.map(({ home }) => home.accountId);
}
