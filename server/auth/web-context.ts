import { randomUUID } from "node:crypto";
import type { Db } from "@/db";
import { readSession, type SessionReading } from "@/server/domain/identity";
import { env } from "@/server/env";
import { type Context, createContext } from "@/server/platform/context";
import { type Ports, ports } from "@/server/ports";
import { clientAddress } from "./client-address";
import { sandboxDatabase, webDatabase } from "./database";
import { sessionIdOf } from "./session-cookie";

/** What a web request gives to a verb: the actor that its session row allows, and the world outside. */
export interface WebContext extends Context {
  readonly ports: Ports;
  readonly session: SessionReading;
  /** The database where copies of subscribers live; null where there is none. */
  openSandbox(): Promise<Db | null>;
}

/** Nobody, at this address: what a request is before its session is read. */
export async function visitorContext(headers: Headers): Promise<Context> {
  const { db } = await webDatabase();
  const actor = { kind: "anonymous", address: clientAddress(headers) } as const;
  return createContext({ db, actor, zone: env.OPERATOR_ZONE, requestId: randomUUID() });
}

export async function webContext(headers: Headers): Promise<WebContext> {
  const [visitor, sessionId] = await Promise.all([visitorContext(headers), sessionIdOf(headers)]);
  const session: SessionReading = sessionId ? await readSession(visitor, sessionId) : { state: "none" };
  const actor = session.state === "active" ? session.actor : visitor.actor;
  const openSandbox = async () => (await sandboxDatabase())?.db ?? null;
  return { ...visitor, actor, session, ports: ports(visitor.db), openSandbox };
}
