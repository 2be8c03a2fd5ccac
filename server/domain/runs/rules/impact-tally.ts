import { type PriceMove, type PriceStay, yearOf } from "@/server/domain/rating";
import type { Day } from "@/server/kernel/day";
import { fractionOf, type Minor, roundToMinor } from "@/server/kernel/money";

export interface Moved {
  readonly accountId: string;
  readonly move: PriceMove;
}

/** What a sample stands for. */
export type SampleCall =
  | "most_dearer"
  | "least_dearer"
  | "most_cheaper"
  | "least_cheaper"
  | "unchanged"
  | "discounted"
  | "typical";

interface Extreme extends Moved {
  readonly change: Minor;
}

const SAMPLES = 3;

/** Counts what a proposed price would do, subscription by subscription, however many there are. */
export class ImpactTally {
  private readonly stays: Record<PriceStay, number> = { personal: 0, ends: 0, not_reached: 0 };
  private readonly moves = new Map<Day, number>();
  private readonly turns = { dearer: 0, cheaper: 0, same: 0 };
  private readonly list: Moved[] = [];
  private affected = 0;
  private beforeYear: Minor = 0n;
  private afterYear: Minor = 0n;
  private most: Extreme | null = null;
  private least: Extreme | null = null;
  private discounted: Moved | null = null;
  private readonly others: Moved[] = [];

  constructor(
    private readonly from: number,
    private readonly pageSize: number,
  ) {}

  add(accountId: string, move: PriceMove | PriceStay): void {
    if (typeof move === "string") {
      this.stays[move] += 1;
      return;
    }
    const moved = { accountId, move };
    if (this.affected >= this.from && this.list.length < this.pageSize) this.list.push(moved);
    this.affected += 1;
    this.moves.set(move.on, (this.moves.get(move.on) ?? 0) + 1);
    const [before, after] = [yearOf(move.before), yearOf(move.after)];
    this.beforeYear += before;
    this.afterYear += after;
    const change = after - before;
    this.turns[change > 0n ? "dearer" : change < 0n ? "cheaper" : "same"] += 1;
    if (!this.most || change > this.most.change) this.most = { ...moved, change };
    if (!this.least || change < this.least.change) this.least = { ...moved, change };
    if (!this.discounted && move.after.discountMinor > 0n) this.discounted = moved;
    if (this.others.length < SAMPLES) this.others.push(moved);
  }

  result() {
    const month = (year: Minor) => roundToMinor(fractionOf(year, 1, 12));
    return {
      affected: this.affected,
      stays: this.stays,
      turns: this.turns,
      moves: [...this.moves].map(([on, count]) => ({ on, count })).sort((a, b) => (a.on < b.on ? -1 : 1)),
      /** Of the affected, VAT inside, a month. */
      beforeMonthMinor: month(this.beforeYear),
      afterMonthMinor: month(this.afterYear),
      list: this.list,
      samples: this.samples(),
    };
  }

  /** Three different accounts: who comes off worst, who has a discount, who comes off best; filled up with anyone. */
  private samples(): { why: SampleCall; moved: Moved }[] {
    const wanted: { why: SampleCall; moved: Moved | null }[] = [
      { why: callOf(this.most, "most_dearer", "least_cheaper"), moved: this.most },
      { why: "discounted", moved: this.discounted },
      { why: callOf(this.least, "least_dearer", "most_cheaper"), moved: this.least },
      ...this.others.map((moved) => ({ why: "typical" as const, moved })),
    ];
    const chosen = new Map<string, { why: SampleCall; moved: Moved }>();
    for (const { why, moved } of wanted) {
      if (moved && chosen.size < SAMPLES && !chosen.has(moved.accountId)) chosen.set(moved.accountId, { why, moved });
    }
    return [...chosen.values()];
  }
}

/** A price that falls for one of the two makes nobody dearer, however it is counted. */
function callOf(extreme: Extreme | null, dearer: SampleCall, cheaper: SampleCall): SampleCall {
  const change = extreme?.change ?? 0n;
  if (change === 0n) return "unchanged";
  return change > 0n ? dearer : cheaper;
}
