import { rounded } from "./statistics";

/** What one way of doing the work reached: the median over the rounds. */
export interface Measured {
  readonly perSecond: number;
  readonly [figure: string]: number | string;
}

export interface BenchResult {
  readonly name: string;
  /** How big the work was: accounts, payments, requests. */
  readonly scale: number;
  readonly ours: Measured;
  /** The same work by the barest means this machine has. */
  readonly limit: Measured;
  readonly naive?: Measured;
  readonly ratioToLimit: number;
  readonly ratioToNaive?: number;
  readonly p50Ms?: number;
  readonly p95Ms?: number;
  readonly peakRssMiB: number;
  readonly seed: number;
  readonly rounds: number;
  /** What a reader must know to read the figures rightly. */
  readonly notes: readonly string[];
}

export interface BenchOptions {
  readonly accounts?: number | undefined;
  readonly rounds: number;
  readonly seed: number;
  /** Tells people what is going on; silent with --json. */
  readonly say: (line: string) => void;
  readonly defer: (undo: () => Promise<unknown>) => void;
  readonly signal: AbortSignal;
}

export function ratios(ours: Measured, limit: Measured, naive?: Measured) {
  return {
    ratioToLimit: rounded(ours.perSecond / limit.perSecond, 3),
    ...(naive ? { ratioToNaive: rounded(ours.perSecond / naive.perSecond, 1) } : {}),
  };
}

export function printTable(result: BenchResult): void {
  const ways = (["ours", "limit", "naive"] as const).flatMap((way) =>
    result[way] ? [[way, result[way]] as const] : [],
  );
  console.log(`\n${result.name}: ${result.scale.toLocaleString("en")} in ${result.rounds} rounds`);
  for (const [way, measured] of ways) {
    const figures = Object.entries(measured).map(([name, value]) => `${name} ${value.toLocaleString("en")}`);
    console.log(`  ${way.padEnd(6)} ${figures.join(", ")}`);
  }
  const summary = [
    `${rounded(result.ratioToLimit * 100, 1)} % of the limit`,
    ...(result.ratioToNaive === undefined ? [] : [`${result.ratioToNaive} × the naive way`]),
    ...(result.p50Ms === undefined ? [] : [`p50 ${result.p50Ms} ms, p95 ${result.p95Ms} ms`]),
    `peak memory ${result.peakRssMiB} MiB`,
  ];
  console.log(`  ${summary.join(", ")}`);
  for (const note of result.notes) console.log(`  · ${note}`);
}
