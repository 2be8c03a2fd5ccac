import { z } from "zod";
import { legalEntities, settings } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { SUPPORT_PHONE_SETTING } from "./constants";

export const SetUpOperatorInput = z.object({
  name: z.string().trim().min(1).max(300),
  inn: z
    .string()
    .regex(/^(\d{10}|\d{12})$/)
    .nullable()
    .default(null),
  zone: z.string().min(1),
  /** Offered to subscribers wherever a person must help. */
  supportPhone: z
    .string()
    .regex(/^\+?\d{5,15}$/)
    .nullable()
    .default(null),
});
export type SetUpOperatorInput = z.input<typeof SetUpOperatorInput>;

/** Names the operator's company that contracts are signed with. The first one stays: a second call changes nothing. */
export async function setUpOperator(ctx: Context, raw: SetUpOperatorInput): Promise<{ legalEntityId: string }> {
  requirePermission(ctx, "operator:set_up");
  const input = SetUpOperatorInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    const [existing] = await tx.db.select({ id: legalEntities.id }).from(legalEntities).limit(1);
    if (existing) return { legalEntityId: existing.id };
    const id = tx.newId();
    const { supportPhone, ...entity } = input;
    await tx.db.insert(legalEntities).values({ id, ...entity });
    if (supportPhone) await tx.db.insert(settings).values({ key: SUPPORT_PHONE_SETTING, value: supportPhone });
    await record(tx, { audit: [{ action: "operator.set_up", entity: "legal_entity", entityId: id, after: input }] });
    return { legalEntityId: id };
  });
}
