import { customers } from "@/db/schema";
import type { TestDatabase } from "@/db/testing/database";
import { type Actor, createContext } from "@/server/platform/context";
import type { Role } from "@/server/platform/roles";
import { createUser, readSession, startSession } from "../index";

export const PASSWORD = "correct horse battery";

/** A database with a clock the test moves, and the few people identity needs. */
export function identityWorld(database: TestDatabase) {
  let at = new Date("2026-11-22T10:00:00Z");
  const as = (actor: Actor) => createContext({ db: database.db, actor, zone: "Europe/Moscow", now: () => at });
  let made = 0;
  return {
    as,
    job: () => as({ kind: "job", name: "test" }),
    visitor: (address: string | null = "198.51.100.7") => as({ kind: "anonymous", address }),
    pass(ms: number): void {
      at = new Date(at.getTime() + ms);
    },
    now: () => at,
    async customer(name = "Иванова Анна"): Promise<string> {
      const ctx = as({ kind: "job", name: "test" });
      const id = ctx.newId();
      await database.db.insert(customers).values({ id, kind: "person", name });
      return id;
    },
    async staff(role: Exclude<Role, "subscriber"> = "support_agent") {
      made += 1;
      const email = `${role}${made}@uzel.test`;
      const { userId } = await createUser(as({ kind: "job", name: "test" }), {
        role,
        displayName: `Staff ${made}`,
        password: PASSWORD,
        identifiers: [{ kind: "email", value: email }],
      });
      return { userId, email };
    },
    /** Signs in and answers the context of that session, as a web request would have it. */
    async signIn(identifier: string, code?: string) {
      const started = await startSession(as({ kind: "anonymous", address: "198.51.100.7" }), {
        identifier,
        password: PASSWORD,
        code,
      });
      const reading = await readSession(as({ kind: "anonymous", address: "198.51.100.7" }), started.sessionId);
      return { ...started, reading };
    },
  };
}
