import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import { listOutlooks, type Outlook } from "@/server/domain/runs";
import { addDays, type Day, dayIn, earlierDay } from "@/server/kernel/day";
import { ceilToMajor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { anyOf, rowsOf } from "@/server/platform/rows";
import { CATCH_UP_DAYS, CHANGE_EVENTS, type Channel, type MessageLocale, type Topic } from "./constants";
import { farthestSteps } from "./internal";
import { loadChanges } from "./load-changes";
import { choiceKey, type Occasion, type ReminderFacts, type Step, type TariffName } from "./rules/due-steps";
import { type Due, unpaidDues } from "./rules/unpaid-dues";

/** An account as reminders see it: what the rule needs, and what a text is filled with. */
export interface AccountFacts extends ReminderFacts {
  readonly number: string;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly locale: MessageLocale;
  readonly balanceMinor: bigint;
  readonly balanceVersion: bigint;
}

/** A due of a longer past is not looked for: the partitions of charges are read no further back than this. */
const OLDEST_DUE_DAYS = 400;
const NO_CHANGES: ReadonlyMap<string, readonly Occasion[]> = new Map();

/**
 * What many accounts should be told of around today, in a handful of queries however many there are. Closed and unknown
 * accounts are absent. The ladder says how far ahead and back anything can matter.
 */
export async function loadFacts(
  ctx: Context,
  accountIds: readonly string[],
  ladder: readonly Step[],
  day: Day = dayIn(ctx.now(), ctx.zone),
): Promise<Map<string, AccountFacts>> {
  requirePermission(ctx, "reminder:read");
  if (accountIds.length === 0) return new Map();
  const today = dayIn(ctx.now(), ctx.zone);
  const { before, after } = farthestSteps(ladder);
  const window = { from: addDays(today, -after - CATCH_UP_DAYS), to: addDays(day, before) };
  const isNews = (step: Step) => CHANGE_EVENTS.some((event) => event === step.event);
  const ahead = ladder.every(isNews) ? [] : accountIds;
  const [rows, outlooks, blockedOn, dues, changes] = await Promise.all([
    readAccounts(ctx, accountIds, today),
    listOutlooks(ctx, ahead, window.to),
    readBlockedSince(ctx, ahead),
    readDues(ctx, ahead, today),
    ladder.some((step) => step.isOn && isNews(step)) ? loadChanges(ctx, accountIds, window.from) : NO_CHANGES,
  ]);
  return new Map(
    rows.map((row) => {
      const balanceMinor = BigInt(row.balance_minor);
      const occasions: Occasion[] = [];
      const { shortfall = null, trialEnds = [], feeMoves = [] } = outlooks.get(row.id) ?? {};
      if (shortfall) {
        occasions.push({
          ...{ event: "money_ends", on: earlierDay(blockedOn.get(row.id) ?? shortfall.on, shortfall.on), tariff: null },
          amountMinor: ceilToMajor(shortfall.missingMinor),
          chargeMinor: shortfall.chargeMinor,
        });
      }
      for (const due of unpaidDues(balanceMinor, dues.get(row.id) ?? [])) {
        occasions.push({ ...due, event: "payment_due", chargeMinor: due.amountMinor, tariff: null });
      }
      occasions.push(...trialOccasions(trialEnds), ...moveOccasions(feeMoves), ...(changes.get(row.id) ?? []));
      return [
        row.id,
        {
          accountId: row.id,
          number: row.number,
          name: row.name,
          phone: row.phone,
          email: row.email,
          locale: row.locale === "en" ? "en" : "ru",
          isPerson: row.kind === "person",
          balanceMinor,
          balanceVersion: BigInt(row.version),
          exceptUntil: row.except_until,
          unwanted: new Set((row.unwanted ?? []).map((one) => choiceKey(one.event, one.channel))),
          occasions: occasions.filter(({ on }) => on >= window.from && on <= window.to),
        },
      ];
    }),
  );
}

/** Trials that turn paid on one day are told of together: an account is told once a day of one thing. */
function trialOccasions(ends: Outlook["trialEnds"]): Occasion[] {
  return [...Map.groupBy(ends, ({ on }) => on)].map(([on, together]) => {
    const amountMinor = together.reduce((sum, { feeMinor }) => sum + feeMinor, 0n);
    return { on, tariff: namesOf(together), event: "trial_ends", amountMinor, chargeMinor: amountMinor };
  });
}

/** Prices that change on one day, likewise. */
function moveOccasions(moves: Outlook["feeMoves"]): Occasion[] {
  return [...Map.groupBy(moves, ({ on }) => on)].map(([on, together]) => {
    const amountMinor = together.reduce((sum, { feeMinor }) => sum + feeMinor, 0n);
    const beforeMinor = together.reduce((sum, move) => sum + move.beforeMinor, 0n);
    return {
      on,
      tariff: namesOf(together),
      event: "price_changes",
      amountMinor,
      beforeMinor,
      chargeMinor: amountMinor,
    };
  });
}

function namesOf(together: readonly TariffName[]): TariffName {
  return {
    nameRu: together.map((one) => one.nameRu).join(", "),
    nameEn: together.map((one) => one.nameEn).join(", "),
  };
}

interface AccountRow extends Record<string, unknown> {
  id: string;
  number: string;
  name: string;
  kind: string;
  phone: string | null;
  email: string | null;
  locale: string | null;
  balance_minor: string;
  version: string;
  except_until: Day | null;
  unwanted: { event: Topic; channel: Channel }[] | null;
}

function readAccounts(ctx: Context, accountIds: readonly string[], today: Day): Promise<AccountRow[]> {
  return rowsOf<AccountRow>(
    ctx,
    sql`
    select a.id, a.number, c.name, c.kind, c.phone, c.email, u.locale, b.balance_minor, b.version, e.until_on as except_until,
           w.unwanted
    from accounts a
    join customers c on c.id = a.customer_id
    join account_balances b on b.account_id = a.id
    left join dunning_exceptions e on e.account_id = a.id and e.ended_at is null and e.until_on > ${today}::date
    left join lateral (
      select locale from users where customer_id = c.id and disabled_at is null order by id limit 1
    ) u on true
    left join lateral (
      select jsonb_agg(jsonb_build_object('event', event, 'channel', channel)) as unwanted
      from channel_choices where customer_id = c.id and not is_wanted
    ) w on true
    where a.id = ${anyOf(accountIds, "uuid")} and (a.closed_on is null or a.closed_on > ${today}::date)`,
  );
}

/** The day a service was first closed for money, of accounts that have one closed now. */
async function readBlockedSince(ctx: Context, accountIds: readonly string[]): Promise<Map<string, Day>> {
  const rows = await rowsOf<{ account_id: string; from_at: string }>(
    ctx,
    sql`
    select account_id, min(from_at) as from_at from blocks
    where account_id = ${anyOf(accountIds, "uuid")} and until_at is null and reason = 'financial' group by account_id`,
  );
  return new Map(rows.map((row) => [row.account_id, dayIn(new Date(row.from_at), ctx.zone)]));
}

/** What was charged to be paid by a day, of accounts below zero: nobody else can owe any of it. */
async function readDues(ctx: Context, accountIds: readonly string[], today: Day): Promise<Map<string, Due[]>> {
  const rows = await rowsOf<{ account_id: string; due_on: Day; amount_minor: string }>(
    ctx,
    sql`
    select c.account_id, c.due_on, sum(c.amount_minor) as amount_minor
    from charges c join account_balances b on b.account_id = c.account_id and b.balance_minor < 0
    where c.account_id = ${anyOf(accountIds, "uuid")} and c.due_on is not null
      and c.period_start between ${addDays(today, -OLDEST_DUE_DAYS)}::date and ${addDays(today, 1)}::date
    group by c.account_id, c.due_on`,
  );
  return Map.groupBy(
    rows.map((row) => ({ accountId: row.account_id, on: row.due_on, amountMinor: BigInt(row.amount_minor) })),
    (row) => row.accountId,
  );
}
