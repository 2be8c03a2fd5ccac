import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import { rowsOf } from "@/server/platform/rows";
import type { Channel } from "./constants";
import { type NotifierContext, readQuietHours, readSteps } from "./internal";
import type { ChannelPort } from "./ports";
import { listTemplates, type MessageTemplate } from "./read-templates";
import type { Step } from "./rules/due-steps";
import type { QuietHours } from "./rules/quiet-hours";

export interface Ladder {
  readonly steps: readonly (Step & { readonly sentInMonth: number })[];
  readonly templates: readonly MessageTemplate[];
  readonly quietHours: QuietHours;
  /** What carries each channel now: a `file` reaches nobody. */
  readonly carriers: Readonly<Record<Channel, ChannelPort["carrier"]>>;
}

/** The ladder as an operator sees it: steps, texts, hours, and what each step has sent in the last thirty days. */
export async function readLadder(ctx: NotifierContext): Promise<Ladder> {
  requirePermission(ctx, "reminder:read");
  const [steps, templates, quietHours, sent] = await Promise.all([
    readSteps(ctx),
    listTemplates(ctx),
    readQuietHours(ctx),
    rowsOf<{ step_id: string; sent: string }>(
      ctx,
      sql`select step_id, count(*) as sent from messages
          where state = 'sent' and finished_at >= ${ctx.now().toISOString()}::timestamptz - interval '30 days' group by step_id`,
    ),
  ]);
  const counts = new Map(sent.map((row) => [row.step_id, Number(row.sent)]));
  const { channels } = ctx.ports.notifier;
  return {
    steps: steps.map((step) => ({ ...step, sentInMonth: counts.get(step.id) ?? 0 })),
    templates,
    quietHours,
    carriers: { email: channels.email.carrier, sms: channels.sms.carrier, messenger: channels.messenger.carrier },
  };
}
