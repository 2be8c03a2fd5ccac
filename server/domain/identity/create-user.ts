import { inArray } from "drizzle-orm";
import { z } from "zod";
import { customers, loginIdentifiers, users } from "@/db/schema";
import { chunksOf } from "@/server/platform/chunks";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { customerNotFound, identifierMalformed, identifierTaken } from "./errors";
import { hashPassword, newPassword } from "./internal";
import { requirePermission } from "./require-permission";
import { storedIdentifier } from "./rules/identifier";
import { CreateUserInput } from "./schema";

/**
 * Makes a login. Refuses with `user.identifier_taken` when somebody signs in by one of the identifiers already, and
 * `customer.not_found` when a subscriber's customer does not exist.
 */
export async function createUser(ctx: Context, raw: CreateUserInput): Promise<{ userId: string }> {
  const [userId = ""] = await createUsers(ctx, [raw]);
  return { userId };
}

/** Somebody of the operator, who signs in by e-mail; the password is made here and shown this once. */
export async function createStaff(
  ctx: Context,
  { email, ...person }: Pick<CreateUserInput, "role" | "displayName"> & { readonly email: string },
): Promise<{ userId: string; password: string }> {
  const password = newPassword();
  const login = { ...person, password, identifiers: [{ kind: "email" as const, value: email }] };
  return { ...(await createUser(ctx, login)), password };
}

/**
 * The same for many, in sets, all or nothing; answers in the order of the input. Equal passwords within one call are
 * hashed once and share their salt, which the demo's thousands of logins with one known password need. Passwords of real
 * people differ, so nothing is shared between them.
 */
export async function createUsers(ctx: Context, raw: readonly CreateUserInput[]): Promise<string[]> {
  requirePermission(ctx, "user:create");
  const input = z.array(CreateUserInput).parse(raw);
  if (input.length === 0) return [];
  const hashes = await hashEach(input.map((user) => user.password));
  const logins = input.map((user) => ({ user, id: ctx.newId(), identifiers: storedIdentifiers(user) }));
  return withTransaction(ctx, async (tx) => {
    await refuseMissingCustomers(tx, input);
    for (const chunk of chunksOf(logins)) {
      await tx.db.insert(users).values(
        chunk.map(({ user, id }) => ({
          id,
          role: user.role,
          displayName: user.displayName,
          customerId: user.customerId,
          passwordHash: hashes.get(user.password) ?? "",
          locale: user.locale,
          createdAt: tx.now(),
        })),
      );
    }
    await claimIdentifiers(
      tx,
      logins.flatMap(({ id, identifiers }) => identifiers.map((one) => ({ ...one, userId: id }))),
    );
    await record(tx, {
      audit: logins.map(({ user, id, identifiers }) => ({
        action: "user.create",
        entity: "user",
        entityId: id,
        after: { role: user.role, customerId: user.customerId, identifiers: identifiers.map((one) => one.kind) },
      })),
      events: logins.map(({ user, id }) => ({
        type: "user.created" as const,
        accountId: null,
        payload: { userId: id, role: user.role, customerId: user.customerId },
      })),
    });
    return logins.map(({ id }) => id);
  });
}

async function hashEach(passwords: readonly string[]): Promise<Map<string, string>> {
  const distinct = [...new Set(passwords)];
  const hashes = await Promise.all(distinct.map(hashPassword));
  return new Map(distinct.map((password, index) => [password, hashes[index] ?? ""]));
}

function storedIdentifiers(user: z.output<typeof CreateUserInput>): { kind: string; value: string }[] {
  const stored = user.identifiers.map(({ kind, value }) => {
    const normal = storedIdentifier(kind, value);
    if (normal === null) throw identifierMalformed(kind);
    return { kind, value: normal };
  });
  return [...new Map(stored.map((one) => [one.value, one])).values()];
}

async function refuseMissingCustomers(tx: Context, input: readonly z.output<typeof CreateUserInput>[]): Promise<void> {
  const wanted = [...new Set(input.flatMap((user) => user.customerId ?? []))];
  for (const chunk of chunksOf(wanted)) {
    const found = await tx.db.select({ id: customers.id }).from(customers).where(inArray(customers.id, chunk));
    if (found.length !== chunk.length) throw customerNotFound();
  }
}

async function claimIdentifiers(tx: Context, wanted: { kind: string; value: string; userId: string }[]): Promise<void> {
  for (const chunk of chunksOf(wanted)) {
    const claimed = await tx.db
      .insert(loginIdentifiers)
      .values(chunk)
      .onConflictDoNothing()
      .returning({ value: loginIdentifiers.value, userId: loginIdentifiers.userId });
    if (claimed.length === chunk.length) continue;
    const ours = new Set(claimed.map((one) => `${one.userId} ${one.value}`));
    throw identifierTaken(chunk.find((one) => !ours.has(`${one.userId} ${one.value}`))?.kind ?? "");
  }
}
