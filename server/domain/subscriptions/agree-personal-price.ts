import { and, asc, eq, inArray } from "drizzle-orm";
import { personalPrices, subscriptions } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { type FittedPrice, fitPrice } from "./rules/fit-price";
import { AgreePersonalPriceInput } from "./schema";

/**
 * Agrees a price with one subscriber for `[validFrom, validTo)`, from today at the earliest: what is charged stays as it was
 * charged. A price in force ends on the new one's first day, one from the same day is replaced.
 *
 * Throws `invalid` (`price.backdated`), `precondition` (`price.overlaps_later`, with the later one's days and fee), `not_found`.
 */
export async function agreePersonalPrice(ctx: Context, raw: AgreePersonalPriceInput): Promise<void> {
  const scope = requirePermission(ctx, "subscription:agree_price");
  const input = AgreePersonalPriceInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [input.accountId]);
    const today = dayIn(tx.now(), tx.zone);
    if (input.validFrom < today) {
      throw new DomainError("invalid", "price.backdated", { field: "validFrom", earliestOn: today });
    }
    const [subscription] = await tx.db
      .select({ id: subscriptions.id })
      .from(subscriptions)
      .where(and(eq(subscriptions.accountId, input.accountId), eq(subscriptions.id, input.subscriptionId)))
      .for("update");
    if (!subscription) throw new DomainError("not_found", "subscription.not_found");
    const { ends, replaces } = await fitAmongAgreed(tx, input);
    await endPrices(tx, input, ends);
    await tx.db
      .insert(personalPrices)
      .values(input)
      .onConflictDoUpdate({
        target: [personalPrices.accountId, personalPrices.subscriptionId, personalPrices.validFrom],
        set: { feeMinor: input.feeMinor, validTo: input.validTo },
      });
    const subject = { entity: "subscription", entityId: input.subscriptionId, accountId: input.accountId };
    await record(tx, {
      audit: [
        ...ends.map((price) => ({
          ...subject,
          action: "subscription.end_price",
          before: price,
          after: { ...price, validTo: input.validFrom },
        })),
        { ...subject, action: "subscription.agree_price", before: replaces, after: input },
      ],
      events: [{ type: "subscription.price_agreed", accountId: input.accountId, payload: input }],
    });
  });
}

type Order = ReturnType<typeof AgreePersonalPriceInput.parse>;
type Fits = Extract<FittedPrice, { kind: "fits" }>;

/** Under the subscription's lock, so that two who agree at once see each other's price. */
async function fitAmongAgreed(tx: Context, order: Order): Promise<Fits> {
  const { accountId, subscriptionId } = order;
  const { validFrom, validTo, feeMinor } = personalPrices;
  const rows = await tx.db
    .select({ validFrom, validTo, feeMinor })
    .from(personalPrices)
    .where(and(eq(personalPrices.accountId, accountId), eq(personalPrices.subscriptionId, subscriptionId)))
    .orderBy(asc(validFrom));
  // What a changed tariff ended before it began was never in force.
  const agreed = rows.filter((row) => row.validTo === null || row.validTo > row.validFrom);
  const fitted = fitPrice(order, agreed);
  if (fitted.kind === "fits") return fitted;
  const { later } = fitted;
  throw new DomainError("precondition", "price.overlaps_later", {
    field: "validTo",
    from: later.validFrom,
    to: later.validTo,
    feeMinor: later.feeMinor.toString(),
  });
}

async function endPrices(tx: Context, order: Order, ends: Fits["ends"]): Promise<void> {
  if (ends.length === 0) return;
  const days = ends.map((price) => price.validFrom);
  const { accountId, subscriptionId, validFrom } = personalPrices;
  await tx.db
    .update(personalPrices)
    .set({ validTo: order.validFrom })
    .where(and(eq(accountId, order.accountId), eq(subscriptionId, order.subscriptionId), inArray(validFrom, days)));
}
