import { randomBytes, randomUUID } from "node:crypto";
import type { Db } from "@/db";
import { type Clock, systemClock } from "@/server/kernel/clock";
import { uuidV7 } from "@/server/kernel/id";
import type { Role } from "./roles";

/** Who acts. Jobs and webhooks are actors in their own right, not users in disguise. */
export type Actor =
  | {
      readonly kind: "user";
      readonly userId: string;
      readonly role: Role;
      readonly name: string;
      /** Set for subscribers: the one customer whose data they may see. */
      readonly customerId: string | null;
      readonly sessionId: string | null;
      readonly address: string | null;
    }
  | { readonly kind: "job"; readonly name: string }
  | { readonly kind: "webhook"; readonly source: string; readonly address: string }
  | { readonly kind: "anonymous"; readonly address: string | null };

/** What every verb is given: who, when, where to write. `db` is the transaction once one is open. */
export interface Context {
  readonly actor: Actor;
  readonly now: Clock;
  readonly db: Db;
  readonly inTransaction: boolean;
  readonly requestId: string;
  /** The operator's zone (IANA): billing days are counted in it. */
  readonly zone: string;
  /** UUID v7 of the context's own clock. */
  newId(): string;
}

export interface ContextInput {
  db: Db;
  actor: Actor;
  zone: string;
  now?: Clock;
  requestId?: string;
}

export function createContext({ db, actor, zone, now = systemClock, requestId = randomUUID() }: ContextInput): Context {
  return { db, actor, zone, now, requestId, inTransaction: false, newId: () => newId(now) };
}

let lastMs = 0;
let place = 0;

/**
 * Ids of one process ascend even within a millisecond, so rows keep their order: a counter of 26 bits in rand_a and the head
 * of rand_b (RFC 9562 §6.2, method 1), begun somewhere in its lower half. 48 random bits keep processes apart.
 */
export function newId(now: Clock): string {
  const atMs = now().getTime();
  const random = randomBytes(10);
  place = atMs === lastMs ? place + 1 : random.readUInt32BE(0) & 0x01ff_ffff;
  lastMs = atMs;
  random.writeUInt16BE((place >>> 14) & 0x0fff, 0);
  random.writeUInt16BE(place & 0x3fff, 2);
  return uuidV7(atMs, random);
}

/** The actor as audit and events store it: `user:<id>`, `job:<name>`, `webhook:<source>`. */
export function actorLabel(actor: Actor): string {
  switch (actor.kind) {
    case "user":
      return `user:${actor.userId}`;
    case "job":
      return `job:${actor.name}`;
    case "webhook":
      return `webhook:${actor.source}`;
    case "anonymous":
      return "anonymous";
  }
}

export function actorAddress(actor: Actor): string | null {
  return actor.kind === "job" ? null : actor.address;
}
