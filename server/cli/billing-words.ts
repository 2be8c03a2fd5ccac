import { kopecks } from "@/server/cli/kopecks";
import type { CancelledRun, RunReading, StageReading } from "@/server/domain/runs";
import type { DomainError } from "@/server/kernel/errors";
import { formatAmount } from "@/server/kernel/money";

/** "12 000 / 40 000 accounts, 5 300/s, 6 s left". */
export function progressText(stage: StageReading | null): string {
  if (!stage) return "nothing charged yet";
  const { accounts, doneAccounts, perSecond, secondsLeft } = stage.progress;
  const rate = perSecond === null ? "" : `, ${Math.round(perSecond)}/s, ${secondsLeft} s left`;
  return `${doneAccounts} / ${accounts} accounts${rate}`;
}

/** What came of it, one line a fact. */
export function summaryText(run: RunReading, stage: StageReading | null, stays?: CancelledRun): string {
  const head = `Run of ${run.periodStart.slice(0, 7)} (${run.kind}), as of ${run.asOf}: ${run.closedAt ? "closed" : run.state}`;
  if (stays) {
    return [
      head,
      `What is charged stays charged: ${formatAmount(stays.chargedMinor)} from ${stays.chargedAccounts} accounts, ${formatAmount(stays.creditedMinor)} given back`,
    ].join("\n");
  }
  if (!stage) return head;
  const { totals } = stage;
  const parked = run.findings.filter((one) => one.finding === "parked");
  return [
    head,
    `charged ${totals.charged} + refused ${totals.refused} + skipped ${totals.skipped} + parked ${totals.parked} = ${stage.progress.doneAccounts} of ${stage.progress.accounts} accounts`,
    `${totals.lines} lines, ${formatAmount(totals.chargedMinor)} charged, ${formatAmount(totals.creditedMinor)} given back`,
    ...parked.map((one) => `parked: ${reasonText(one.reason)}, ${one.accounts} (${one.stage})`),
    ...(run.state === "finished" && !run.isMonthOver ? ["it can be closed when the month is over"] : []),
    ...(run.failure ? [`stopped: ${failureText(run.failure, run.periodStart.slice(0, 7))}`] : []),
  ].join("\n");
}

/** The last line of `--json`. */
export function figuresOf(
  command: string,
  run: RunReading,
  stage: StageReading | null,
  { seconds, peakRssMiB }: { seconds: number; peakRssMiB: number },
) {
  const anomalies = run.findings.filter((one) => one.finding === "anomaly");
  return {
    ok: ["previewed", "finished", "cancelled"].includes(run.state),
    command,
    period: run.periodStart.slice(0, 7),
    runId: run.id,
    kind: run.kind,
    state: run.state,
    closed: run.closedAt !== null,
    asOf: run.asOf,
    accounts: stage?.progress.accounts ?? 0,
    done: stage?.progress.doneAccounts ?? 0,
    charged: stage?.totals.charged ?? 0,
    refused: stage?.totals.refused ?? 0,
    skipped: stage?.totals.skipped ?? 0,
    parked: stage?.totals.parked ?? 0,
    lines: stage?.totals.lines ?? 0,
    chargedMinor: kopecks(stage?.totals.chargedMinor ?? 0n),
    creditedMinor: kopecks(stage?.totals.creditedMinor ?? 0n),
    skippedFor: stage?.skippedFor ?? {},
    anomalies: Object.fromEntries(anomalies.map((one) => [one.reason, one.accounts])),
    failure: run.failure,
    message: run.failure && failureText(run.failure, run.periodStart.slice(0, 7)),
    perSecond: stage?.progress.perSecond == null ? null : Math.round(stage.progress.perSecond),
    seconds: Math.round(seconds * 10) / 10,
    peakRssMiB: Math.round(peakRssMiB),
  };
}

/** What a previewed run waits for. */
export const waitsText = (period: string) =>
  `Nothing is charged yet: a second person approves the run under «Расчёты», or here: npm run billing -- run --period ${period} --approve`;

/** Why an account cannot be charged. */
const REASONS: Readonly<Record<string, string>> = {
  "charge.failed": "an error of the program, which the server's log describes",
  "tariff.no_price": "the tariff has no price on that day",
  "tariff.not_found": "the tariff is not in the catalog",
  "vat.no_rate": "there is no rate of VAT on the day of service",
  "usage.no_price": "there is no price for what was used",
  "usage.meter_not_priced": "the tariff does not price what was used",
};

const reasonText = (reason: string): string => REASONS[reason] ?? `a rule refused it (${reason})`;

const closedText = (period: string): string =>
  `the book of ${period} is closed, so nothing can be booked in it. Have the month reopened under Billing, Periods (it takes two people)`;

/** Why a run stopped by itself, and what to do about it. */
export function failureText(failure: string, period: string): string {
  const goOn = `then: npm run billing -- resume --period ${period}`;
  switch (failure) {
    case "period.closed":
      return `${closedText(period)}, ${goOn}; or give the run up: npm run billing -- cancel --period ${period}`;
    case "invoice.before_first":
      return `documents are made from a later month than ${period} (setting invoices.from). Change it, ${goOn}`;
    default:
      return `${reasonText(failure)}. Mend it, ${goOn}`;
  }
}

/** A refusal in one line. */
export function refusalText({ reason, details }: DomainError, period: string): string {
  switch (reason) {
    case "run.month_not_begun":
      return `${period} has not begun: there is nothing to charge yet.`;
    case "run.nobody":
      return `Nobody has an account in ${period}: there is nothing to charge.`;
    case "run.entity_needed":
      return "There is no company, or more than one: open the run on the screen, where one can be chosen.";
    case "period.closed":
      return `Not done: ${closedText(period)}, then try again.`;
    case "run.exists":
      return `A run of ${period} was opened at this very moment: try again.`;
    case "run.wrong_state":
      return `The run of ${period} is ${details.state}.`;
    case "run.accounts_left_out":
      return `Not closed: ${details.accounted} of ${details.accounts} accounts are accounted for.`;
    case "run.books_differ":
      return `Not closed: counted ${details.countedMinor}, charges ${details.chargesMinor}, transfers ${details.transfersMinor} kopecks.`;
    case "run.month_not_over":
      return `${period} is not over: its run is closed afterwards.`;
    case "run.documents_differ":
      return `Not closed: documents of ${details.documentsMinor} kopecks, transfers of ${details.bookedMinor}; ${details.accounts} accounts differ. Issue the month's documents, then: npm run billing -- close --period ${period}`;
    case "run.closed":
      return `The run of ${period} is closed, for good.`;
    default:
      return `Refused by a rule: ${reason} ${JSON.stringify(details)}`;
  }
}
