import { type AdjustmentLine, listAdjustments } from "@/server/domain/invoices";
import { listOperations, type StatementLine, type StatementPlace } from "@/server/domain/ledger";
import { findPayments } from "@/server/domain/payments";
import { type ChargeLine, listCharges } from "@/server/domain/runs";
import { toDay } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";

/** What a top-up's line opens to. */
export interface PaymentStory {
  readonly id: string;
  readonly provider: string;
  /** The terminal's that brought it; null when it came otherwise. */
  readonly terminalName: string | null;
  readonly methodTitle: string | null;
  readonly isTest: boolean;
  readonly paidAt: Date | null;
  readonly postedAt: Date | null;
}

/** A line of the statement with its reason: a charge carries its «почему столько», a correction what it gives back, a top-up where the money came from. */
export interface Operation extends Pick<StatementLine, "bookedOn" | "occurredAt" | "kind" | "effectMinor"> {
  readonly id: string;
  readonly charge: ChargeLine | null;
  readonly adjustment: AdjustmentLine | null;
  readonly payment: PaymentStory | null;
}

export interface OperationPage {
  readonly operations: readonly Operation[];
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
}

/** A page of an account's operations, newest first, each joined to the charge or the payment that made it. */
export async function readOperations(
  ctx: Context,
  input: { accountId: string; limit: number; cursor?: string | undefined },
): Promise<OperationPage> {
  const { accountId, limit, cursor } = input;
  const before = cursor === undefined ? {} : { before: placeOf(cursor) };
  const lines = await listOperations(ctx, { accountId, limit: limit + 1, ...before });
  const page = lines.slice(0, limit);
  const [charges, adjustments, payments] = await Promise.all([
    chargesOf(ctx, accountId, page),
    adjustmentsOf(ctx, accountId, page),
    paymentsOf(ctx, accountId, page),
  ]);
  const last = page.at(-1);
  return {
    nextCursor: lines.length > limit && last ? `${last.bookedOn}_${last.firstNumber}` : null,
    operations: page.map((line) => ({
      id: line.number.toString(),
      bookedOn: line.bookedOn,
      occurredAt: line.occurredAt,
      kind: line.kind,
      effectMinor: line.effectMinor,
      charge: line.kind === "charge" ? bySum(charges.get(keyOf(line.subjectId, startOf(line))), line) : null,
      adjustment: line.kind === "adjustment" ? adjustmentOf(adjustments, line) : null,
      payment: line.kind === "payment" ? (payments.get(line.subjectId ?? "") ?? null) : null,
    })),
  };
}

/** "2026-11-01_42", as `nextCursor` is written. Throws `invalid` on anything else. */
function placeOf(cursor: string): StatementPlace {
  const [, day, number] = /^(\d{4}-\d{2}-\d{2})_(\d{1,18})$/.exec(cursor) ?? [];
  if (day === undefined || number === undefined) throw new DomainError("invalid", "cursor.malformed");
  return { bookedOn: toDay(day), number: BigInt(number) };
}

/** Fees that were charged before they had lines of their own are for the day they are booked on. */
const startOf = ({ periodStart, bookedOn }: StatementLine) => periodStart ?? bookedOn;

const keyOf = (subscriptionId: string | null, periodStart: string | null) => `${subscriptionId}|${periodStart}`;

async function chargesOf(ctx: Context, accountId: string, lines: readonly StatementLine[]) {
  const starts = lines.flatMap((line) => (line.kind === "charge" ? [startOf(line)] : [])).sort();
  const [from, to] = [starts[0], starts.at(-1)];
  const charges = from && to ? await listCharges(ctx, { accountId, from, to }) : [];
  return Map.groupBy(charges, (charge) => keyOf(charge.subscriptionId, charge.periodStart));
}

/** Two tariffs of one period stand under one key: the sum tells which. */
function bySum<L extends { amountMinor: bigint }>(
  lines: readonly L[] | undefined,
  { effectMinor }: StatementLine,
): L | null {
  const size = effectMinor < 0n ? -effectMinor : effectMinor;
  return lines?.find((line) => line.amountMinor === size) ?? lines?.[0] ?? null;
}

async function adjustmentsOf(ctx: Context, accountId: string, lines: readonly StatementLine[]) {
  const days = lines.flatMap((line) => (line.kind === "adjustment" ? [line.bookedOn] : [])).sort();
  const [from, to] = [days[0], days.at(-1)];
  return from && to ? listAdjustments(ctx, { accountId, from, to }) : [];
}

/** A person's correction is posted under its own id, a run's and a fee's under what was charged. */
function adjustmentOf(all: readonly AdjustmentLine[], line: StatementLine): AdjustmentLine | null {
  const own = all.find((one) => one.id === line.subjectId);
  if (own) return own;
  return bySum(
    all.filter(
      (one) =>
        one.bookedOn === line.bookedOn &&
        one.subscriptionId === line.subjectId &&
        (line.periodStart === null || one.periodStart === line.periodStart),
    ),
    line,
  );
}

async function paymentsOf(ctx: Context, accountId: string, lines: readonly StatementLine[]) {
  const paymentIds = lines.flatMap((line) => (line.kind === "payment" && line.subjectId ? [line.subjectId] : []));
  const rows = await findPayments(ctx, { accountIds: [accountId], paymentIds });
  return new Map<string, PaymentStory>(
    rows.map(({ id, provider, terminalName, methodTitle, isTest, paidAt, postedAt }) => [
      id,
      { id, provider, terminalName, methodTitle, isTest, paidAt, postedAt },
    ]),
  );
}
