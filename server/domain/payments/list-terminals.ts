import { type SQL, sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import type { TerminalCommand, TerminalOutcome, TerminalProtocol } from "./constants";
import { ListTerminalRequestsInput } from "./schema";

export interface TerminalRow {
  readonly terminalId: string;
  readonly code: string;
  readonly name: string;
  readonly protocol: TerminalProtocol;
  readonly networks: readonly string[];
  readonly certificate: string | null;
  readonly secretSetAt: Date;
  readonly closedAt: Date | null;
  readonly lastAt: Date | null;
  /** Of the last 24 hours: money taken and not taken back, and everything that was not answered with yes. */
  readonly accepted: number;
  readonly acceptedMinor: Minor;
  readonly refused: number;
}

export interface TerminalRequestRow {
  readonly id: string;
  readonly terminalName: string;
  readonly command: TerminalCommand | null;
  readonly txnId: string | null;
  readonly accountNumber: string | null;
  /** Null when no account has that number. */
  readonly accountId: string | null;
  readonly amountMinor: Minor | null;
  readonly outcome: TerminalOutcome;
  readonly repeated: boolean;
  readonly address: string | null;
  readonly askedAt: Date;
}

/** Terminals, the open ones first, with what came through each since this time yesterday. */
export async function listTerminals(ctx: Context): Promise<TerminalRow[]> {
  requirePermission(ctx, "terminal:read");
  const since = sql`${ctx.now().toISOString()}::timestamptz - interval '24 hours'`;
  const rows = await rowsOf<Record<string, unknown>>(
    ctx,
    sql`
    select t.id, t.code, t.name, t.protocol, t.networks, t.certificate, t.secret_set_at, t.closed_at,
           (select max(asked_at) from terminal_requests where terminal_id = t.id) as last_at,
           p.accepted, p.accepted_minor,
           (select count(*) from terminal_requests where terminal_id = t.id and outcome <> 'ok' and asked_at >= ${since}) as refused
    from terminals t
    left join lateral (
      select count(*) as accepted, coalesce(sum(amount_minor), 0) as accepted_minor from terminal_payments
      where terminal_id = t.id and reversed_at is null and received_at >= ${since}
    ) p on true
    order by t.closed_at is not null, t.name, t.id`,
  );
  return rows.map((row) => ({
    terminalId: String(row.id),
    code: String(row.code),
    name: String(row.name),
    protocol: row.protocol as TerminalProtocol,
    networks: row.networks as string[],
    certificate: row.certificate as string | null,
    secretSetAt: new Date(String(row.secret_set_at)),
    closedAt: instantOf(row.closed_at),
    lastAt: instantOf(row.last_at),
    accepted: Number(row.accepted),
    acceptedMinor: BigInt(String(row.accepted_minor)),
    refused: Number(row.refused),
  }));
}

const SHOWN: Readonly<Record<"payments" | "refusals" | "all", SQL>> = {
  payments: sql`r.command in ('pay', 'cancel') and r.outcome = 'ok'`,
  refusals: sql`r.outcome <> 'ok'`,
  all: sql`true`,
};

/** What terminals asked last, newest first, and what they were answered. */
export async function listTerminalRequests(
  ctx: Context,
  raw: ListTerminalRequestsInput,
): Promise<readonly TerminalRequestRow[]> {
  requirePermission(ctx, "terminal:read");
  const { show, limit } = ListTerminalRequestsInput.parse(raw);
  const rows = await rowsOf<Record<string, unknown>>(
    ctx,
    sql`
    select r.id, t.name, r.command, r.txn_id, r.account_number, a.id as account_id, r.amount_minor, r.outcome, r.repeated,
           r.address, r.asked_at
    from (select * from terminal_requests r where ${SHOWN[show]} order by asked_at desc, id desc limit ${limit}) r
    join terminals t on t.id = r.terminal_id
    left join accounts a on a.number = r.account_number
    order by r.asked_at desc, r.id desc`,
  );
  return rows.map((row) => ({
    id: String(row.id),
    terminalName: String(row.name),
    command: row.command as TerminalCommand | null,
    txnId: row.txn_id as string | null,
    accountNumber: row.account_number as string | null,
    accountId: row.account_id as string | null,
    amountMinor: row.amount_minor === null ? null : BigInt(String(row.amount_minor)),
    outcome: row.outcome as TerminalOutcome,
    repeated: row.repeated === true,
    address: row.address as string | null,
    askedAt: new Date(String(row.asked_at)),
  }));
}

const instantOf = (value: unknown) => (value === null ? null : new Date(String(value)));
