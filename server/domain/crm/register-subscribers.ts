import { sql } from "drizzle-orm";
import { z } from "zod";
import { accounts, addresses, contracts, customers } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { openBalances } from "@/server/domain/ledger";
import { DomainError } from "@/server/kernel/errors";
import { chunksOf } from "@/server/platform/chunks";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { pgArray, rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import { readLegalEntity } from "./internal";
import { addressLine } from "./rules/address-line";
import { documentWords } from "./rules/search-words";
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
      addressId: row.address ? tx.newId() : null,
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
  readonly addressId: string | null;
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
  await tx.db.insert(contracts).values(
    chunk.map(({ contractId, customerId, row }) => ({
      id: contractId,
      customerId,
      legalEntityId,
      number: row.contractNumber,
      signedOn: row.openedOn,
      terminatedOn: row.closedOn,
    })),
  );
  const placed = chunk.flatMap(({ addressId, row }) =>
    addressId && row.address ? [{ id: addressId, ...row.address }] : [],
  );
  if (placed.length > 0) await tx.db.insert(addresses).values(placed);
  await tx.db.insert(accounts).values(
    chunk.map(({ accountId, customerId, contractId, addressId, row }) => ({
      id: accountId,
      number: row.accountNumber,
      customerId,
      contractId,
      addressId,
      anchorDay: row.anchorDay,
      creditLimitMinor: row.creditLimitMinor,
      openedOn: row.openedOn,
      closedOn: row.closedOn,
    })),
  );
  await openBalances(
    tx,
    chunk.map((person) => person.accountId),
    "RUB",
  );
  const documents = chunk.map(({ accountId, row }) => ({
    account_id: accountId,
    words: documentWords({ ...row, address: row.address ? addressLine(row.address) : null }),
  }));
  await tx.db.execute(sql`
    insert into account_search (account_id, document)
    select d.account_id, array_to_tsvector(d.words)
    from jsonb_to_recordset(${JSON.stringify(documents)}::jsonb) as d(account_id uuid, words text[])`);
}

async function refuseTakenNumbers(
  tx: Context,
  legalEntityId: string,
  input: readonly z.output<typeof RegisterSubscriberInput>[],
): Promise<void> {
  const [taken] = await rowsOf<{ what: string; number: string }>(
    tx,
    sql`
    select 'contract' as what, number from contracts
    where legal_entity_id = ${legalEntityId} and number = any(${pgArray(
      input.map((row) => row.contractNumber),
      "text",
    )})
    union all
    select 'account', number from accounts where number = any(${pgArray(
      input.map((row) => row.accountNumber),
      "text",
    )})
    limit 1`,
  );
  if (taken) throw new DomainError("conflict", `${taken.what}.number_taken`, { number: taken.number });
}
