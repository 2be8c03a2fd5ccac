import { eq } from "drizzle-orm";
import { users } from "@/db/schema";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { userNotFound } from "./errors";
import { endSessionsOf } from "./internal";
import { requirePermission } from "./require-permission";
import { UserIdInput } from "./schema";

/**
 * Forgets the second factor of whoever lost their phone: the next sign-in is by password, and sets up another where the
 * operator demands one. Every session of the login ends. `user.not_found`.
 */
export async function dropTotp(ctx: Context, raw: UserIdInput): Promise<void> {
  requirePermission(ctx, "user:reset");
  const { userId } = UserIdInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    const [before] = await tx.db
      .select({ totpConfirmedAt: users.totpConfirmedAt })
      .from(users)
      .where(eq(users.id, userId))
      .for("update");
    if (!before) throw userNotFound();
    await tx.db.update(users).set({ totpSecret: null, totpConfirmedAt: null }).where(eq(users.id, userId));
    await endSessionsOf(tx, userId);
    await record(tx, {
      audit: [{ action: "totp.drop", entity: "user", entityId: userId, before, after: { totpConfirmedAt: null } }],
    });
  });
}
