import { z } from "zod";
import { customers } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { chunksOf } from "@/server/platform/chunks";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { insertAccounts, readLegalEntity, refuseTakenNumbers } from "./internal";
import { RegisterSubscriberInput } from "./schema";

export interface RegisteredSubscriber {
  readonly customerId: string;
  readonly contractId: string;
  readonly accountId: string;
}

/**
 * Takes on subscribers: customer, contract, account with its balance, address, and the line it is found by, for one or for
 * thousands at once. Answers in the order of the input. Refuses the whole batch with `conflict` when a contract or account
 * number is taken (`contract.number_taken`, `account.number_taken`, with the number).
 */
export async function registerSubscribers(
  ctx: Context,
  raw: readonly RegisterSubscriberInput[],
): Promise<RegisteredSubscriber[]> {
  requirePermission(ctx, "customer:create");
  const input = z.array(RegisterSubscriberInput).parse(raw);
  if (input.length === 0) return [];
  return withTransaction(ctx, async (tx) => {
    const entity = await readLegalEntity(tx);
    await refuseTakenNumbers(tx, entity.id, input);
    const people = input.map((row) => ({
      row,
      customerId: tx.newId(),
      contractId: tx.newId(),
      accountId: tx.newId(),
    }));
    for (const chunk of chunksOf(people)) await insertChunk(tx, entity.id, chunk);
    await record(tx, {
      audit: people.map(({ row, customerId, accountId }) => ({
        action: "customer.register",
        entity: "customer",
        entityId: customerId,
        accountId,
        after: { kind: row.kind, contractNumber: row.contractNumber, accountNumber: row.accountNumber },
      })),
      events: people.map(({ customerId, contractId, accountId }) => ({
        type: "account.opened" as const,
        accountId,
        payload: { customerId, contractId },
      })),
    });
    return people.map(({ customerId, contractId, accountId }) => ({ customerId, contractId, accountId }));
  });
}

type Person = RegisteredSubscriber & {
  readonly row: z.output<typeof RegisterSubscriberInput>;
};

async function insertChunk(tx: Context, legalEntityId: string, chunk: readonly Person[]): Promise<void> {
  await tx.db.insert(customers).values(
    chunk.map(({ customerId, row }) => ({
      id: customerId,
      kind: row.kind,
      name: row.name,
      phone: row.phone,
      email: row.email,
      inn: row.inn,
    })),
  );
  await insertAccounts(
    tx,
    legalEntityId,
    chunk.map(({ row, ...ids }) => ({ ...ids, ...row })),
  );
}
