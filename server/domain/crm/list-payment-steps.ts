import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { AccountHistoryInput } from "./schema";

/** One payment as a line of steps; a null moment has not come. */
export interface PaymentSteps {
  readonly id: string;
  readonly provider: string;
  /** The terminal's that brought it; null when it came otherwise. */
  readonly terminalName: string | null;
  readonly providerPaymentId: string | null;
  readonly amountMinor: Minor;
  readonly state: "created" | "unknown" | "pending" | "posted" | "canceled" | "failed";
  readonly failure: string | null;
  readonly methodTitle: string | null;
  readonly isTest: boolean;
  readonly confirmationUrl: string | null;
  /** The person of the operator who asked for it; null when the subscriber did, or money came by another door. */
  readonly startedBy: string | null;
  readonly startedAt: Date;
  readonly webhookAt: Date | null;
  readonly webhooks: number;
  readonly postedAt: Date | null;
  /** The service that came on after this payment and before the next one. */
  readonly activatedAt: Date | null;
}

/** An account's payments, newest first, each with the moments it went through: request, webhook, posting, activation. */
export async function listPaymentSteps(ctx: Context, raw: AccountHistoryInput): Promise<PaymentSteps[]> {
  const scope = requirePermission(ctx, "customer:search");
  const input = AccountHistoryInput.parse(raw);
  await requireAccounts(ctx, scope, [input.accountId]);
  const rows = await rowsOf<Record<string, string | number | boolean | null>>(
    ctx,
    sql`
    with latest as (
      select *, lead(posted_at) over (order by posted_at) as next_posted_at
      from (select * from payments where account_id = ${input.accountId} order by started_at desc limit ${input.limit}) p
    )
    select p.id, p.provider, n.name as terminal_name, p.provider_payment_id, p.amount_minor, p.state, p.failure, p.method_title, p.is_test,
           p.confirmation_url, p.started_at, p.posted_at, u.display_name as started_by,
           w.webhook_at, coalesce(w.webhooks, 0) as webhooks, a.activated_at
    from latest p
    left join terminals n on n.code = p.provider
    left join users u on u.id = p.started_by and u.role <> 'subscriber'
    left join lateral (
      select min(received_at) as webhook_at, sum(deliveries) as webhooks from webhook_deliveries
      where provider = p.provider and object_id = p.provider_payment_id
    ) w on true
    left join lateral (
      select min(occurred_at) as activated_at from events
      where account_id = p.account_id and type = 'service.activated' and occurred_at >= p.posted_at
        and occurred_at < coalesce(p.next_posted_at, 'infinity') and occurred_at < p.posted_at + interval '1 day'
    ) a on true
    order by p.started_at desc`,
  );
  const moment = (value: string | number | boolean | null | undefined) => (value ? new Date(String(value)) : null);
  const text = (value: string | number | boolean | null | undefined) => (value ? String(value) : null);
  return rows.map((row) => ({
    id: String(row.id),
    provider: String(row.provider),
    terminalName: text(row.terminal_name),
    providerPaymentId: text(row.provider_payment_id),
    amountMinor: BigInt(row.amount_minor ?? 0),
    state: row.state as PaymentSteps["state"],
    failure: text(row.failure),
    methodTitle: text(row.method_title),
    isTest: row.is_test === true,
    confirmationUrl: text(row.confirmation_url),
    startedBy: text(row.started_by),
    startedAt: new Date(String(row.started_at)),
    webhookAt: moment(row.webhook_at),
    webhooks: Number(row.webhooks),
    postedAt: moment(row.posted_at),
    activatedAt: moment(row.activated_at),
  }));
}
