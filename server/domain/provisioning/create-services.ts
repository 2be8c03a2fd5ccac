import { randomInt } from "node:crypto";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { lockBalances } from "@/server/domain/ledger";
import { assertInvariant } from "@/server/kernel/errors";
import { chunksOf } from "@/server/platform/chunks";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { pgArray, rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import { alreadyHasService, loginTaken, subscriptionNotFound, tariffWithoutNetwork } from "./errors";
import { type DesiredService, loadDesired } from "./internal";
import { CreateServiceInput } from "./schema";

/** Without look-alikes: it is read aloud on the telephone. */
const SECRET_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
const SECRET_LENGTH = 12;

export interface CreatedService {
  readonly accountId: string;
  readonly serviceId: string;
}

/**
 * Gives subscriptions their network accounts, one or thousands at once, each already in the state the rule wants. Answers
 * in the order of the input. Refuses the whole batch: a login that is taken (`service.login_taken`), a subscription of
 * another account or none (`subscription.not_found`), one that has its service (`service.already_exists`), a tariff
 * without a speed (`service.tariff_without_network`).
 */
export async function createServices(ctx: Context, raw: readonly CreateServiceInput[]): Promise<CreatedService[]> {
  const scope = requirePermission(ctx, "service:provision");
  const input = z.array(CreateServiceInput).parse(raw);
  if (input.length === 0) return [];
  return withTransaction(ctx, async (tx) => {
    const accountIds = [...new Set(input.map((row) => row.accountId))];
    await requireAccounts(tx, scope, accountIds);
    // Charging holds this lock while it opens and closes blocks: a service must not be made from the state before it and
    // be missed by it.
    await lockBalances(tx, accountIds);
    await lockSubscriptions(tx, input);
    await refuseTaken(tx, input);
    const desired = await loadDesired(tx, accountIds);
    const rows = input.map(({ secret = makeSecret(), ...row }) => {
      const wanted = desired.get(row.subscriptionId);
      if (!wanted || wanted.accountId !== row.accountId) throw subscriptionNotFound();
      if (wanted.downKbps === null || wanted.upKbps === null) throw tariffWithoutNetwork();
      return { ...row, secret, serviceId: tx.newId(), wanted };
    });
    for (const chunk of chunksOf(rows)) await insertChunk(tx, chunk);
    await record(tx, {
      audit: rows.map(({ accountId, serviceId, subscriptionId, login, staticIp, wanted }) => ({
        action: "service.create",
        entity: "service",
        entityId: serviceId,
        accountId,
        after: {
          subscriptionId,
          login,
          staticIp,
          state: wanted.state,
          downKbps: wanted.downKbps,
          upKbps: wanted.upKbps,
        },
      })),
      events: rows.map(({ accountId, serviceId, subscriptionId, wanted }) => ({
        type: "service.desired" as const,
        accountId,
        payload: { serviceId, subscriptionId, version: 1, state: wanted.state, cause: wanted.cause },
      })),
    });
    return rows.map(({ accountId, serviceId }) => ({ accountId, serviceId }));
  });
}

/** A batch of one. */
export async function createService(ctx: Context, raw: CreateServiceInput): Promise<CreatedService> {
  const [created] = await createServices(ctx, [raw]);
  assertInvariant(created, "service.not_created");
  return created;
}

interface Row extends z.output<typeof CreateServiceInput> {
  readonly secret: string;
  readonly serviceId: string;
  readonly wanted: DesiredService;
}

async function insertChunk(tx: Context, chunk: readonly Row[]): Promise<void> {
  const rows = chunk.map(({ accountId, serviceId, subscriptionId, login, secret, staticIp, wanted }) => ({
    account_id: accountId,
    id: serviceId,
    subscription_id: subscriptionId,
    login,
    secret,
    static_ip: staticIp,
    state: wanted.state,
    down_kbps: wanted.downKbps,
    up_kbps: wanted.upKbps,
    cause: wanted.cause,
  }));
  const inserted = await rowsOf<{ service_id: string }>(
    tx,
    sql`
    with input as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as i(account_id uuid, id uuid, subscription_id uuid,
        login text, secret text, static_ip inet, state text, down_kbps int, up_kbps int, cause text)
    ), created as (
      insert into services (account_id, id, subscription_id, login, secret, static_ip, desired_state, desired_version,
        down_kbps, up_kbps, desired_at)
      select account_id, id, subscription_id, login, secret, static_ip, state, 1, down_kbps, up_kbps, ${tx.now().toISOString()}::timestamptz
      from input on conflict (login) do nothing
      returning account_id, id
    )
    insert into service_tasks (account_id, service_id, version, state, cause, started_at)
    select c.account_id, c.id, 1, 'waiting', i.cause, ${tx.now().toISOString()}::timestamptz
    from created c join input i using (account_id, id)
    returning service_id`,
  );
  // Somebody else may have taken a login between the check and the insert.
  const ids = new Set(inserted.map((row) => row.service_id));
  const refused = chunk.find((row) => !ids.has(row.serviceId));
  if (refused) throw loginTaken(refused.login);
}

/** Two calls for one subscription come one after the other, and the second finds the service. */
async function lockSubscriptions(tx: Context, input: readonly z.output<typeof CreateServiceInput>[]): Promise<void> {
  const accountIds = pgArray(
    input.map((row) => row.accountId),
    "uuid",
  );
  const ids = pgArray(
    input.map((row) => row.subscriptionId),
    "uuid",
  );
  await tx.db.execute(sql`
    select 1 from subscriptions where account_id = any(${accountIds}) and id = any(${ids})
    order by account_id, id for update`);
}

async function refuseTaken(tx: Context, input: readonly z.output<typeof CreateServiceInput>[]): Promise<void> {
  const logins = input.map((row) => row.login);
  const seen = new Set<string>();
  for (const login of logins) {
    if (seen.has(login)) throw loginTaken(login);
    seen.add(login);
  }
  const [taken] = await rowsOf<{ login: string; by_login: boolean }>(
    tx,
    sql`
    select login, login = any(${pgArray(logins, "text")}) as by_login from services
    where login = any(${pgArray(logins, "text")})
       or (account_id = any(${pgArray(
         input.map((row) => row.accountId),
         "uuid",
       )}) and subscription_id = any(${pgArray(
         input.map((row) => row.subscriptionId),
         "uuid",
       )}))
    limit 1`,
  );
  if (taken) throw taken.by_login ? loginTaken(taken.login) : alreadyHasService();
}

function makeSecret(): string {
  return Array.from({ length: SECRET_LENGTH }, () => SECRET_LETTERS.charAt(randomInt(SECRET_LETTERS.length))).join("");
}
