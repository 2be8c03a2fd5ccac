import { requirePermission } from "@/server/domain/identity";
import { addDays, type Day, dayIn, toDay } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { type Channel, MAX_OFFSET_DAYS, type ReminderEvent } from "./constants";
import { readSaid, readSteps } from "./internal";
import { listOpenAccounts } from "./list-open-accounts";
import { type AccountFacts, loadFacts } from "./load-facts";
import { type DueStep, dueSteps, type Step } from "./rules/due-steps";
import { recipientOf } from "./rules/message-values";
import { ListDueMessagesInput } from "./schema";

/** Accounts that one call looks at: a second or so. What is left is said, and looked at from there. */
export const PREVIEW_ACCOUNTS = 20_000;
const CHUNK = 2_000;
const SHOWN = 200;

export interface DueMessage {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly customerName: string;
  readonly stepId: string;
  readonly event: ReminderEvent;
  readonly offsetDays: number;
  readonly channel: Channel;
  readonly occasionOn: Day;
  readonly amountMinor: Minor;
  /** Masked; null when there is nothing to write to. */
  readonly recipient: string | null;
}

export interface DuePreview {
  readonly day: Day;
  /** Accounts looked at, and messages found among them; of those `messages` holds the first few hundred. */
  readonly looked: number;
  readonly found: number;
  readonly byStep: Readonly<Record<string, number>>;
  readonly messages: readonly DueMessage[];
  /** Where to look on; null when everyone has been looked at. */
  readonly after: string | null;
}

/**
 * Who will be told what on a day, if no money comes before: the plan itself, stopped before the write. Throws `invalid`
 * (`day.out_of_reach`) for a day that has passed or is further ahead than any step.
 */
export async function listDueMessages(ctx: Context, raw: ListDueMessagesInput): Promise<DuePreview> {
  requirePermission(ctx, "reminder:read");
  const input = ListDueMessagesInput.parse(raw);
  const day = toDay(input.day);
  const today = dayIn(ctx.now(), ctx.zone);
  if (day < today || day > addDays(today, MAX_OFFSET_DAYS)) throw new DomainError("invalid", "day.out_of_reach");
  const ladder = await readSteps(ctx);
  const found: { facts: AccountFacts; due: DueStep }[] = [];
  let [after, looked, isOver]: [string | null, number, boolean] = [input.after ?? null, 0, false];
  while (looked < PREVIEW_ACCOUNTS && !isOver) {
    const ids = await listOpenAccounts(ctx, after, CHUNK);
    found.push(...(await dueOf(ctx, ids, ladder, day)));
    looked += ids.length;
    after = ids.at(-1) ?? after;
    isOver = ids.length < CHUNK;
  }
  const byStep: Record<string, number> = {};
  for (const { due } of found) byStep[due.step.id] = (byStep[due.step.id] ?? 0) + 1;
  return {
    ...{ day, looked, byStep },
    found: found.length,
    messages: found.slice(0, SHOWN).map(({ facts, due }) => shown(facts, due)),
    after: isOver ? null : after,
  };
}

async function dueOf(ctx: Context, accountIds: readonly string[], ladder: readonly Step[], day: Day) {
  const facts = await loadFacts(ctx, accountIds, ladder, day);
  const told = [...facts.values()].filter(({ occasions }) => occasions.length > 0);
  const said = await readSaid(
    ctx,
    told.map(({ accountId }) => accountId),
  );
  return told.flatMap((one) =>
    dueSteps(one, ladder, said.get(one.accountId) ?? new Set(), day).map((due) => ({ facts: one, due })),
  );
}

function shown(facts: AccountFacts, { step, occasion }: DueStep): DueMessage {
  return {
    accountId: facts.accountId,
    accountNumber: facts.number,
    customerName: facts.name,
    stepId: step.id,
    event: step.event,
    offsetDays: step.offsetDays,
    channel: step.channel,
    occasionOn: occasion.on,
    amountMinor: occasion.amountMinor,
    recipient: recipientOf(facts, step.channel)?.masked ?? null,
  };
}
