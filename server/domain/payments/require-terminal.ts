import { createHash, timingSafeEqual } from "node:crypto";
import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { takePoint } from "@/server/platform/rate-limit";
import { rowsOf } from "@/server/platform/rows";
import type { CLOSED_DOOR, TerminalProtocol } from "./constants";
import { recordTerminalRequest } from "./record-terminal-request";

/** A terminal that has proven who it is. */
export interface KnownTerminal {
  readonly id: string;
  readonly code: string;
}

/** What it proves that with. */
export interface TerminalProof {
  readonly protocol: TerminalProtocol;
  readonly address: string;
  readonly login: string;
  readonly secret: string;
  /** Fingerprint that a proxy of ours vouches for; null when there is none or nobody does. */
  readonly certificate: string | null;
}

type ClosedDoor = (typeof CLOSED_DOOR)[number];

/** How many closed doors of a terminal are written down in a minute: whoever knocks must not fill our disk. */
const NOTED = { points: 20, windowMs: 60_000 };

/** One way for the secret that is kept and the one that is shown. */
export const hashSecret = (secret: string) => createHash("sha256").update(secret, "utf8").digest("hex");

/**
 * The terminal that asks, or why it is not heard: its address first, so that from elsewhere nobody learns whether a login or a
 * secret is right. A login that nobody has is `wrong_address`: there is no address to ask from.
 */
export async function requireTerminal(ctx: Context, proof: TerminalProof): Promise<KnownTerminal | ClosedDoor> {
  requirePermission(ctx, "terminal:serve");
  const [terminal] = await rowsOf<{
    id: string;
    code: string;
    secret_hash: string;
    certificate: string | null;
    near: boolean;
  }>(
    ctx,
    sql`
    select id, code, secret_hash, certificate, ${proof.address}::inet <<= any (networks::inet[]) as near
    from terminals where code = ${proof.login} and protocol = ${proof.protocol} and closed_at is null`,
  );
  if (!terminal) return "wrong_address";
  const closed = closedDoor(terminal, proof);
  if (closed === null) return { id: terminal.id, code: terminal.code };
  if ((await takePoint(ctx, `terminal:${terminal.id}`, NOTED)).taken) {
    await recordTerminalRequest(ctx, terminal.id, { outcome: closed });
  }
  return closed;
}

function closedDoor(
  terminal: { near: boolean; secret_hash: string; certificate: string | null },
  proof: TerminalProof,
): ClosedDoor | null {
  if (!terminal.near) return "wrong_address";
  if (!timingSafeEqual(Buffer.from(terminal.secret_hash), Buffer.from(hashSecret(proof.secret)))) return "wrong_secret";
  if (terminal.certificate !== null && terminal.certificate !== proof.certificate) return "wrong_certificate";
  return null;
}
