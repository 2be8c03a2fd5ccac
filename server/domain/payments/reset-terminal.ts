import { eq } from "drizzle-orm";
import { terminals } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { newSecret, type TerminalLogin } from "./add-terminal";
import { lockTerminal } from "./internal";
import { hashSecret } from "./require-terminal";
import { TerminalKeyInput } from "./schema";

/** Gives a terminal a new secret, shown this once; the old one is worth nothing from this moment on. */
export async function resetTerminal(ctx: Context, raw: TerminalKeyInput): Promise<TerminalLogin> {
  requirePermission(ctx, "terminal:edit");
  const { terminalId } = TerminalKeyInput.parse(raw);
  const secret = newSecret();
  return withTransaction(ctx, async (tx) => {
    const { code } = await lockTerminal(tx, terminalId);
    await tx.db
      .update(terminals)
      .set({ secretHash: hashSecret(secret), secretSetAt: tx.now() })
      .where(eq(terminals.id, terminalId));
    await record(tx, { audit: [{ action: "terminal.reset", entity: "terminal", entityId: terminalId }] });
    return { terminalId, code, secret };
  });
}
