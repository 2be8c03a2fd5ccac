import { inArray } from "drizzle-orm";
import { z } from "zod";
import { customers } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import { chunksOf } from "@/server/platform/chunks";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { insertAccounts, readLegalEntity, refuseTakenNumbers } from "./internal";
import type { RegisteredSubscriber } from "./register-subscribers";
import { RegisterSubscriberInput } from "./schema";

export const OpenAccountInput = RegisterSubscriberInput.pick({
  contractNumber: true,
  accountNumber: true,
  openedOn: true,
  anchorDay: true,
  creditLimitMinor: true,
  paymentTermDays: true,
  blockDelayDays: true,
  address: true,
}).extend({ customerId: z.uuid() });
export type OpenAccountInput = z.input<typeof OpenAccountInput>;

/**
 * Opens further accounts of customers who are there already, each under a contract of its own: a second flat, another
 * office. Answers in the order of the input. Refuses the whole batch with `customer.not_found` or a taken number.
 */
export async function openAccounts(ctx: Context, raw: readonly OpenAccountInput[]): Promise<RegisteredSubscriber[]> {
  requirePermission(ctx, "account:open");
  const input = z.array(OpenAccountInput).parse(raw);
  if (input.length === 0) return [];
  return withTransaction(ctx, async (tx) => {
    const [entity, owners] = await Promise.all([readLegalEntity(tx), readOwners(tx, input)]);
    await refuseTakenNumbers(tx, entity.id, input);
    const opened = input.map((row) => {
      const owner = owners.get(row.customerId);
      if (!owner) throw new DomainError("not_found", "customer.not_found");
      const { name, phone, email } = owner;
      return { ...row, name, phone, email, closedOn: null, contractId: tx.newId(), accountId: tx.newId() };
    });
    for (const chunk of chunksOf(opened)) await insertAccounts(tx, entity.id, chunk);
    await record(tx, {
      audit: opened.map(({ accountId, contractNumber, accountNumber }) => ({
        action: "account.open",
        entity: "account",
        entityId: accountId,
        accountId,
        after: { contractNumber, accountNumber },
      })),
      events: opened.map(({ customerId, contractId, accountId }) => ({
        type: "account.opened" as const,
        accountId,
        payload: { customerId, contractId },
      })),
    });
    return opened.map(({ customerId, contractId, accountId }) => ({ customerId, contractId, accountId }));
  });
}

async function readOwners(tx: Context, input: readonly { customerId: string }[]) {
  const rows = await tx.db
    .select()
    .from(customers)
    .where(inArray(customers.id, [...new Set(input.map((row) => row.customerId))]));
  return new Map(rows.map((row) => [row.id, row]));
}
