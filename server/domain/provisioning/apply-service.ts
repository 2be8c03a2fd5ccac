import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { record } from "@/server/platform/record";
import { rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import type { BlockMode, ServiceState } from "./constants";
import { serviceNotFound } from "./errors";
import { type NetworkContext, readBlockMode } from "./internal";
import { NetworkUnavailable, type NetworkView } from "./ports";
import { disagreement } from "./rules/network-agreement";
import { ServiceInput } from "./schema";
import { type AppliedService, type Attempt, writeAttempt } from "./write-attempt";

/**
 * Sees whether the network does what is desired for a service, and keeps asking until it does. The views that RADIUS reads
 * already show the desired version, so nothing is pushed: the network is asked, outside any transaction, and the answer is
 * written under the service's lock. Safe to repeat and to run twice at once; a network that is away never throws.
 */
export async function applyService(ctx: NetworkContext, raw: ServiceInput): Promise<AppliedService> {
  const scope = requirePermission(ctx, "service:provision");
  const input = ServiceInput.parse(raw);
  if (scope.kind === "customer") await requireAccounts(ctx, scope, [input.accountId]);
  const [service, mode] = await Promise.all([readService(ctx, input), readBlockMode(ctx)]);
  if (!service) throw serviceNotFound();
  const { login, secret, version } = service;
  const answer = await askNetwork(ctx, login, secret);
  const attempt: Attempt = { ...input, version, ...attemptOf(service, answer, mode) };
  return withTransaction(ctx, async (tx) => {
    const { applied, outcome } = await writeAttempt(tx, attempt);
    await record(tx, outcome);
    return applied;
  });
}

type Answer = NetworkView | NetworkUnavailable;

async function askNetwork(ctx: NetworkContext, login: string, secret: string): Promise<Answer> {
  try {
    return await ctx.ports.network.readAccess(login, secret);
  } catch (error) {
    if (error instanceof NetworkUnavailable) return error;
    throw error;
  }
}

function attemptOf(service: Service, answer: Answer, mode: BlockMode): Pick<Attempt, "seenState" | "error"> {
  if (answer instanceof NetworkUnavailable) return { seenState: null, error: `network_${answer.reason}` };
  const error = disagreement(service, answer, mode);
  // A walled service that the operator refuses looks closed from outside; it is where it should be.
  return { seenState: error === null ? service.state : answer.state, error };
}

interface Service {
  readonly login: string;
  readonly secret: string;
  readonly state: ServiceState;
  readonly version: number;
  readonly downKbps: number;
  readonly upKbps: number;
}

async function readService(ctx: NetworkContext, { accountId, serviceId }: ServiceInput): Promise<Service | undefined> {
  const [row] = await rowsOf<{
    login: string;
    secret: string;
    state: ServiceState;
    version: number;
    down_kbps: number;
    up_kbps: number;
  }>(
    ctx,
    sql`select login, secret, desired_state as state, desired_version as version, down_kbps, up_kbps
        from services where account_id = ${accountId} and id = ${serviceId}`,
  );
  return row && { ...row, downKbps: row.down_kbps, upKbps: row.up_kbps };
}
