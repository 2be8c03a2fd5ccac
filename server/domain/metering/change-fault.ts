import { eq, sql } from "drizzle-orm";
import { usageFaults } from "@/db/schema";
import { readCatalog } from "@/server/domain/catalog";
import { requirePermission } from "@/server/domain/identity";
import { lockBalances } from "@/server/domain/ledger";
import { listTerms } from "@/server/domain/subscriptions";
import { dayIn, timeOn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import { actorLabel, type Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import type { Fault } from "./constants";
import { faultNotFound, faultSettled, identifierMalformed } from "./errors";
import { candidateKey, closeFaults, insertRecords, loadCandidates, makeMonths } from "./internal";
import { type Candidate, classifyRecord, type Verdict } from "./rules/classify-record";
import { readIdentifier } from "./rules/identifier";
import { ChangeFaultInput } from "./schema";

export type ChangedFault =
  | { readonly taken: true; readonly accountId: string }
  | { readonly taken: false; readonly fault: Fault };

/**
 * Puts a record of the bin right and looks at it anew: whose it is, when, what and how much. When it can be charged now it
 * leaves the bin; else what was put right is kept beside the record as it came, and the reason is the new one.
 */
export async function changeFault(ctx: Context, raw: ChangeFaultInput): Promise<ChangedFault> {
  requirePermission(ctx, "usage:mend");
  const input = ChangeFaultInput.parse(raw);
  const occurredAt = timeOn(input.day, input.time, ctx.zone);
  await makeMonths(ctx, [occurredAt]);
  return withTransaction(ctx, async (tx) => {
    const [fault] = await tx.db.select().from(usageFaults).where(eq(usageFaults.id, input.faultId)).for("update");
    if (!fault) throw faultNotFound();
    if (fault.state !== "open") throw faultSettled();
    const { whose, day, meter, measure, units } = input;
    const today = dayIn(tx.now(), tx.zone);
    const identifier = whose.by === "identifier" ? readIdentifier(whose.kind, whose.value) : null;
    if (whose.by === "identifier" && identifier === null) throw identifierMalformed();
    const [catalog, candidates] = await Promise.all([readCatalog(tx), candidatesOf(tx, whose, identifier)]);
    const verdict = best(
      (whose.by === "account" ? candidates.map((one) => [one]) : [candidates]).map((some) =>
        classifyRecord({ day, meter, measure, units }, some, catalog, today),
      ),
    );
    const understood = {
      occurredAt,
      meter,
      measure,
      units,
      ...(whose.by === "identifier" ? { identifierKind: whose.kind, identifier } : {}),
    };
    const { source, recordId, label } = fault;
    if (verdict.kind === "taken") {
      const { accountId, subscriptionId } = verdict;
      await lockBalances(tx, [accountId]);
      await insertRecords(tx, [{ accountId, subscriptionId, occurredAt, source, recordId, meter, units, label }]);
      await closeFaults(tx, [fault.id], "mended", null, actorLabel(tx.actor));
    }
    await tx.db
      .update(usageFaults)
      .set({
        ...understood,
        attempts: fault.attempts + 1,
        ...(verdict.kind === "fault" ? { reason: verdict.fault } : {}),
      })
      .where(eq(usageFaults.id, fault.id));
    await record(tx, {
      audit: [
        {
          action: "usage.change_fault",
          entity: "usage_fault",
          entityId: fault.id,
          accountId: verdict.kind === "taken" ? verdict.accountId : null,
          before: { reason: fault.reason, meter: fault.meter, units: fault.units, occurredAt: fault.occurredAt },
          after: {
            ...(verdict.kind === "fault" ? { reason: verdict.fault } : { taken: true }),
            meter,
            units,
            occurredAt,
          },
        },
      ],
    });
    return verdict.kind === "taken"
      ? { taken: true, accountId: verdict.accountId }
      : { taken: false, fault: verdict.fault };
  });
}

type Whose = ReturnType<typeof ChangeFaultInput.parse>["whose"];

/** Whom an identifier means, or every subscription of the account that was named. */
async function candidatesOf(tx: Context, whose: Whose, identifier: string | null): Promise<readonly Candidate[]> {
  const today = dayIn(tx.now(), tx.zone);
  if (whose.by === "identifier") {
    if (identifier === null) return [];
    const wanted = [{ kind: whose.kind, value: identifier }];
    return (await loadCandidates(tx, wanted, today)).get(candidateKey(whose.kind, identifier)) ?? [];
  }
  const [account] = await rowsOf<{ id: string }>(
    tx,
    sql`select id from accounts where number = ${whose.accountNumber}`,
  );
  if (!account) throw new DomainError("not_found", "account.not_found");
  const lives = await listTerms(tx, { accountIds: [account.id] }, today);
  return lives.map((life) => ({ life, validFrom: null, validTo: null }));
}

/** Of an account's several subscriptions the one that takes the record; else the reason that says most. */
const SAYS_LEAST: readonly Fault[] = ["no_price", "not_in_force"];

function best(verdicts: readonly Verdict[]): Verdict {
  const faults = verdicts.filter((one) => one.kind === "fault");
  return (
    verdicts.find((one) => one.kind === "taken") ??
    faults.find((one) => !SAYS_LEAST.includes(one.fault)) ??
    faults.find((one) => one.fault === "no_price") ??
    faults[0] ?? { kind: "fault", fault: "unknown_service" }
  );
}
