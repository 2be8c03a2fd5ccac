import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { type Day, dayIn } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import type { SuspensionRefusal } from "./constants";
import { type CurrentSuspension, readSuspensionFacts, readSuspensionPolicy } from "./internal";
import { returnFrom, type SuspensionTerms, suspensionTerms } from "./rules/suspension-answer";
import type { SuspensionPolicy } from "./schema";

export interface SuspensionView {
  readonly policy: Pick<
    SuspensionPolicy,
    "minDays" | "maxDays" | "feeMinor" | "noticeDays" | "everyDays" | "yearlyQuotaDays"
  >;
  readonly terms: SuspensionTerms;
  /** What runs or is planned, with the day from which it may be ended; null on that day = only by its date. */
  readonly current: (CurrentSuspension & { readonly begun: boolean; readonly returnOn: Day | null }) | null;
  /** Why none may be asked for, whatever the days. */
  readonly refusal: Extract<SuspensionRefusal, "disabled" | "no_service" | "in_force" | "quota_exceeded"> | null;
}

/** The subscriber's own pause: the one there is, or the terms on which one may be had. */
export async function readSuspension(ctx: Context, accountId: string): Promise<SuspensionView> {
  const scope = requirePermission(ctx, "suspension:read");
  await requireAccounts(ctx, scope, [accountId]);
  const [policy, { facts, current }] = await Promise.all([
    readSuspensionPolicy(ctx),
    readSuspensionFacts(ctx, accountId),
  ]);
  const terms = suspensionTerms(facts, policy);
  const { minDays, maxDays, feeMinor, noticeDays, everyDays, yearlyQuotaDays } = policy;
  return {
    policy: { minDays, maxDays, feeMinor, noticeDays, everyDays, yearlyQuotaDays },
    terms,
    current: current && withReturn(current, policy, ctx),
    refusal: refusalOf(facts, terms, policy),
  };
}

function withReturn(current: CurrentSuspension, policy: SuspensionPolicy, ctx: Context) {
  const begun = current.fromAt <= ctx.now();
  const from = dayIn(current.fromAt, ctx.zone);
  return { ...current, begun, returnOn: returnFrom({ from }, begun, dayIn(ctx.now(), ctx.zone), policy) };
}

type Facts = Awaited<ReturnType<typeof readSuspensionFacts>>["facts"];

function refusalOf(facts: Facts, terms: SuspensionTerms, policy: SuspensionPolicy): SuspensionView["refusal"] {
  if (facts.inForce) return "in_force";
  if (!policy.enabled) return "disabled";
  if (!facts.hasService) return "no_service";
  return terms.quotaLeftDays < policy.minDays ? "quota_exceeded" : null;
}
