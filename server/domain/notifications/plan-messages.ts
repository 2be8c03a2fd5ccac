import { sql } from "drizzle-orm";
import { z } from "zod";
import { requirePermission } from "@/server/domain/identity";
import { dayIn } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { rowsOf, tableOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import { REMINDER_EVENTS } from "./constants";
import { readQuietHours, readSaid, readSteps, sendJob } from "./internal";
import { type AccountFacts, loadFacts } from "./load-facts";
import { type DueStep, dueSteps } from "./rules/due-steps";
import { afterQuietHours } from "./rules/quiet-hours";

/** Accounts that one transaction plans for. */
export const MAX_PLANNED_ACCOUNTS = 10_000;

export const PlanMessagesInput = z.object({
  accountIds: z.array(z.uuid()).max(MAX_PLANNED_ACCOUNTS),
  /** All of them by default. */
  events: z.array(z.enum(REMINDER_EVENTS)).default([...REMINDER_EVENTS]),
});
export type PlanMessagesInput = z.input<typeof PlanMessagesInput>;

interface Planned extends DueStep {
  readonly facts: AccountFacts;
  readonly id: string;
}

/**
 * Plans what the accounts are due to be told today, each message once: the key (account, step, occasion) is unique, so a
 * plan made again, or on two machines at once, adds nothing. What falls into the quiet hours is planned for their end.
 */
export async function planMessages(ctx: Context, raw: PlanMessagesInput): Promise<{ planned: number }> {
  requirePermission(ctx, "reminder:send");
  const { accountIds, events } = PlanMessagesInput.parse(raw);
  const [steps, hours] = await Promise.all([readSteps(ctx), readQuietHours(ctx)]);
  const ladder = steps.filter((step) => events.includes(step.event));
  if (!ladder.some((step) => step.isOn)) return { planned: 0 };
  return withTransaction(ctx, async (tx) => {
    const today = dayIn(tx.now(), tx.zone);
    const facts = await loadFacts(tx, accountIds, ladder);
    const told = [...facts.values()].filter(({ occasions }) => occasions.length > 0);
    const said = await readSaid(
      tx,
      told.map(({ accountId }) => accountId),
    );
    const due = told.flatMap((one) =>
      dueSteps(one, ladder, said.get(one.accountId) ?? new Set(), today).map((step) => ({
        ...{ facts: one, id: tx.newId() },
        ...step,
      })),
    );
    const at = afterQuietHours(tx.now(), hours, tx.zone);
    const written = await writePlanned(tx, due, at);
    await record(tx, {
      audit:
        written.length === 0
          ? []
          : [
              {
                action: "reminder.plan",
                entity: "messages",
                entityId: today,
                after: { planned: written.length, for: at },
              },
            ],
      jobs: written.map((row) => sendJob(row.account_id, row.id, at)),
    });
    return { planned: written.length };
  });
}

async function writePlanned(
  tx: Context,
  due: readonly Planned[],
  at: Date,
): Promise<{ account_id: string; id: string }[]> {
  if (due.length === 0) return [];
  return rowsOf(
    tx,
    sql`
    insert into messages (account_id, id, step_id, event, occasion_on, channel, template_code, state, planned_for,
                          balance_version, created_at)
    select m.account_id, m.id, m.step_id, m.event, m.occasion_on, m.channel, m.template_code, 'planned',
           ${at.toISOString()}::timestamptz, m.balance_version, ${tx.now().toISOString()}::timestamptz
    from ${tableOf(due, {
      account_id: ["uuid", (one) => one.facts.accountId],
      id: ["uuid", (one) => one.id],
      step_id: ["uuid", (one) => one.step.id],
      event: ["text", (one) => one.step.event],
      occasion_on: ["date", (one) => one.occasion.on],
      channel: ["text", (one) => one.step.channel],
      template_code: ["text", (one) => one.step.templateCode],
      balance_version: ["bigint", (one) => one.facts.balanceVersion],
    })} m
    on conflict (account_id, step_id, occasion_on) do nothing
    returning account_id, id`,
  );
}
