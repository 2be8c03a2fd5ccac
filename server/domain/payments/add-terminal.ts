import { randomBytes } from "node:crypto";
import { terminals } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { RESERVED_CODES } from "./constants";
import { hashSecret } from "./require-terminal";
import { AddTerminalInput } from "./schema";

/** What a person has to carry to the payment system; the secret is shown this once. */
export interface TerminalLogin {
  readonly terminalId: string;
  readonly code: string;
  readonly secret: string;
}

/** 256 bits: nobody guesses it, so its hash may be a fast one. */
export const newSecret = () => randomBytes(32).toString("base64url");

/**
 * Opens a door for a payment system or a bank. Throws `conflict` (`terminal.code_taken`) when the code is another terminal's, also
 * one that was closed: its money stands in the book under it.
 */
export async function addTerminal(ctx: Context, raw: AddTerminalInput): Promise<TerminalLogin> {
  requirePermission(ctx, "terminal:edit");
  const { code, name, protocol, networks, certificate } = AddTerminalInput.parse(raw);
  const taken = () => new DomainError("conflict", "terminal.code_taken", { field: "code" });
  if (RESERVED_CODES.some((one) => one === code)) throw taken();
  const secret = newSecret();
  return withTransaction(ctx, async (tx) => {
    const id = tx.newId();
    const row = {
      id,
      code,
      name,
      protocol,
      networks,
      certificate,
      secretHash: hashSecret(secret),
      secretSetAt: tx.now(),
    };
    const [added] = await tx.db
      .insert(terminals)
      .values(row)
      .onConflictDoNothing({ target: terminals.code })
      .returning({ id: terminals.id });
    if (!added) throw taken();
    await record(tx, {
      audit: [
        {
          action: "terminal.add",
          entity: "terminal",
          entityId: id,
          after: { code, name, protocol, networks, certificate },
        },
      ],
    });
    return { terminalId: id, code, secret };
  });
}
