import { and, asc, eq } from "drizzle-orm";
import { customers, loginIdentifiers, users } from "@/db/schema";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { customerNotFound, identifierTaken, loginDisabled } from "./errors";
import { hashPassword, newPassword, setPassword } from "./internal";
import { requirePermission } from "./require-permission";
import { storedIdentifier } from "./rules/identifier";
import { IssueLoginInput, type LoginIdentifier } from "./schema";

export interface IssuedLogin {
  readonly userId: string;
  /** Known to whoever asked and to nobody else: only its hash is kept. */
  readonly password: string;
  /** False: the customer had a login, whose old password and sessions are of no use any more. */
  readonly made: boolean;
  /** What the login answers to. */
  readonly identifiers: readonly LoginIdentifier[];
}

/**
 * Gives a customer a login, or their login a new password, shown this once. Of the identifiers it takes those that are
 * well formed and nobody else's: two people of one family phone may both have a login. Refuses with
 * `customer.not_found`, `user.disabled`, and `user.identifier_taken` when nothing is left to sign in by.
 */
export async function issueLogin(ctx: Context, raw: IssueLoginInput): Promise<IssuedLogin> {
  requirePermission(ctx, "user:issue_login");
  const { customerId, identifiers } = IssueLoginInput.parse(raw);
  const password = newPassword();
  const passwordHash = await hashPassword(password);
  return withTransaction(ctx, async (tx) => {
    const [customer] = await tx.db
      .select({ name: customers.name })
      .from(customers)
      .where(eq(customers.id, customerId))
      .for("update");
    if (!customer) throw customerNotFound();
    const [login] = await tx.db
      .select({ id: users.id, disabledAt: users.disabledAt })
      .from(users)
      .where(and(eq(users.customerId, customerId), eq(users.role, "subscriber")))
      .orderBy(asc(users.createdAt), asc(users.id))
      .limit(1);
    if (login?.disabledAt) throw loginDisabled();
    const userId = login?.id ?? tx.newId();
    if (login) await setPassword(tx, userId, passwordHash);
    else {
      const made = { id: userId, role: "subscriber", displayName: customer.name, customerId, passwordHash };
      await tx.db.insert(users).values({ ...made, createdAt: tx.now() });
    }
    const owned = await claimFree(tx, userId, identifiers);
    await record(tx, {
      audit: [
        {
          action: login ? "user.issue_password" : "user.create",
          entity: "user",
          entityId: userId,
          after: { role: "subscriber", customerId, identifiers: owned.map((one) => one.kind) },
        },
      ],
      events: login
        ? []
        : [{ type: "user.created", accountId: null, payload: { userId, role: "subscriber", customerId } }],
    });
    return { userId, password, made: !login, identifiers: owned };
  });
}

async function claimFree(tx: Context, userId: string, wanted: readonly LoginIdentifier[]): Promise<LoginIdentifier[]> {
  const rows = wanted.flatMap(({ kind, value }) => {
    const stored = storedIdentifier(kind, value);
    return stored === null ? [] : [{ kind, value: stored, userId }];
  });
  if (rows.length > 0) await tx.db.insert(loginIdentifiers).values(rows).onConflictDoNothing();
  const owned = await tx.db
    .select({ kind: loginIdentifiers.kind, value: loginIdentifiers.value })
    .from(loginIdentifiers)
    .where(eq(loginIdentifiers.userId, userId));
  if (owned.length === 0) throw identifierTaken(wanted[0]?.kind ?? "");
  return owned as LoginIdentifier[];
}
