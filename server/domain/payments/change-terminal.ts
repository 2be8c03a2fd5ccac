import { eq } from "drizzle-orm";
import { terminals } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { lockTerminal } from "./internal";
import { ChangeTerminalInput } from "./schema";

/** Changes a terminal's name, where it may ask from and the certificate it must show. Throws `terminal.not_found`, `terminal.closed`. */
export async function changeTerminal(ctx: Context, raw: ChangeTerminalInput): Promise<void> {
  requirePermission(ctx, "terminal:edit");
  const { terminalId, name, networks, certificate } = ChangeTerminalInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    const before = await lockTerminal(tx, terminalId);
    const after = { name, networks, certificate };
    await tx.db.update(terminals).set(after).where(eq(terminals.id, terminalId));
    await record(tx, {
      audit: [
        {
          action: "terminal.change",
          entity: "terminal",
          entityId: terminalId,
          before: { name: before.name, networks: before.networks, certificate: before.certificate },
          after,
        },
      ],
    });
  });
}
