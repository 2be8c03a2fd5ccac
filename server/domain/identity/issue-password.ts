import { eq } from "drizzle-orm";
import { users } from "@/db/schema";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { userNotFound } from "./errors";
import { hashPassword, newPassword, setPassword } from "./internal";
import { requirePermission } from "./require-permission";
import { UserIdInput } from "./schema";

/** A new password for whoever lost theirs, shown this once; every session of the login ends. `user.not_found`. */
export async function issuePassword(ctx: Context, raw: UserIdInput): Promise<{ password: string }> {
  requirePermission(ctx, "user:reset");
  const { userId } = UserIdInput.parse(raw);
  const password = newPassword();
  const passwordHash = await hashPassword(password);
  await withTransaction(ctx, async (tx) => {
    const [user] = await tx.db.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("update");
    if (!user) throw userNotFound();
    await setPassword(tx, userId, passwordHash);
    await record(tx, { audit: [{ action: "user.issue_password", entity: "user", entityId: userId }] });
  });
  return { password };
}
