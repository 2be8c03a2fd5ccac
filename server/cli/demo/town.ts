import type { Db } from "@/db";
import { type Catalog, readCatalog } from "@/server/domain/catalog";
import { issueInvoices, MAX_INVOICED_ACCOUNTS } from "@/server/domain/invoices";
import { quotePeriod } from "@/server/domain/rating";
import { billAccounts, MAX_ACCOUNTS } from "@/server/domain/runs";
import type { SubscriptionRow } from "@/server/domain/subscriptions";
import { type Day, startOfDay } from "@/server/kernel/day";
import { uuidV7 } from "@/server/kernel/id";
import type { Minor } from "@/server/kernel/money";
import { chunksOf } from "@/server/platform/chunks";
import { type Context, createContext } from "@/server/platform/context";
import type { Tariffs } from "./catalog";
import type { Chance } from "./chance";
import type { PlannedPayment } from "./payers";
import type { Plan } from "./population";

/** A subscription as the simulation remembers it. */
export type Promised = { -readonly [Key in keyof SubscriptionRow]: SubscriptionRow[Key] };

export interface Home {
  readonly place: number;
  readonly plan: Plan;
  readonly customerId: string;
  readonly accountId: string;
  readonly promises: Promised[];
  /** An open block that the plan asked for. */
  blockId: string | null;
  gone: boolean;
}

/** The operator while it is being lived: a clock that only goes forward, who lives there, who pays when. */
export interface Town {
  readonly ctx: Context;
  readonly chance: Chance;
  readonly start: Day;
  readonly today: Day;
  readonly tariffs: Tariffs;
  readonly plans: readonly Plan[];
  /** By place in the list of plans; filled as people arrive. */
  readonly homes: Map<number, Home>;
  readonly byAccount: Map<string, Home>;
  readonly calendar: Map<Day, { home: Home; payment: PlannedPayment }[]>;
  /** Accounts whose service is closed for money; tried again every morning. */
  readonly closed: Set<string>;
  catalog: Catalog;
  /** Moves to a minute of a day, never past the real moment. */
  travelTo(day: Day, minute: number): void;
}

export interface TownOf {
  readonly db: Db;
  readonly zone: string;
  readonly story: Chance;
  readonly ids: Chance;
  readonly realNow: Date;
}

export function clockedContext({ db, zone, ids, realNow }: TownOf, start: Day) {
  let now = startOfDay(start, zone);
  const base = createContext({ db, zone, actor: { kind: "job", name: "demo" }, now: () => now });
  const ctx: Context = { ...base, newId: () => uuidV7(now.getTime(), ids.bytes(10)) };
  const travelTo = (day: Day, minute: number) => {
    const wanted = startOfDay(day, zone).getTime() + minute * 60_000;
    now = new Date(Math.max(now.getTime(), Math.min(wanted, realNow.getTime())));
  };
  return { ctx, travelTo };
}

export function tariffId(town: Town, code: string): string {
  const id = town.tariffs.get(code);
  if (!id) throw new Error(`the demo has no tariff ${code}`);
  return id;
}

export async function rereadCatalog(town: Town): Promise<void> {
  town.catalog = await readCatalog(town.ctx);
}

export const runningOn = (home: Home, day: Day) => home.promises.filter((one) => !one.endedOn || one.endedOn > day);

/** One period's fee of everything that runs on `day`, by the product's own pricing. */
export function periodFee(town: Town, home: Home, day: Day): Minor {
  return runningOn(home, day).reduce((sum, one) => sum + quotePeriod(one, town.catalog, day).feeMinor, 0n);
}

/** Charges the accounts and remembers whose service money has closed or opened. */
export async function bill(town: Town, accountIds: readonly string[]): Promise<void> {
  for (const chunk of chunksOf(accountIds, MAX_ACCOUNTS)) {
    const { turned, parked } = await billAccounts(town.ctx, { accountIds: chunk });
    if (parked.length > 0) throw new Error(`the demo could not be billed: ${parked[0]?.reason}`);
    for (const accountId of turned) {
      if (!town.closed.delete(accountId)) town.closed.add(accountId);
    }
  }
}

/** The documents of a month that is over, of everyone who has lived here. */
export async function issueDocuments(town: Town, month: string): Promise<void> {
  for (const accountIds of chunksOf([...town.byAccount.keys()], MAX_INVOICED_ACCOUNTS))
    await issueInvoices(town.ctx, { month, accountIds });
}

export function isPaying(home: Home, day: Day): boolean {
  const { plan } = home;
  if (home.gone || home.blockId !== null) return false;
  return plan.stopsPayingOn === null || day < plan.stopsPayingOn;
}
