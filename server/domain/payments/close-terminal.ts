import { eq } from "drizzle-orm";
import { terminals } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { lockTerminal } from "./internal";
import { TerminalKeyInput } from "./schema";

/** Closes a terminal's door for good: it is a stranger from now on. What it has paid stays, and so does its code. */
export async function closeTerminal(ctx: Context, raw: TerminalKeyInput): Promise<void> {
  requirePermission(ctx, "terminal:edit");
  const { terminalId } = TerminalKeyInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    const { code } = await lockTerminal(tx, terminalId);
    await tx.db.update(terminals).set({ closedAt: tx.now() }).where(eq(terminals.id, terminalId));
    await record(tx, {
      audit: [{ action: "terminal.close", entity: "terminal", entityId: terminalId, after: { code } }],
    });
  });
}
