import type { Db } from "@/db";
import { env } from "@/server/env";
import { type Context, createContext } from "@/server/platform/context";
import { type Ports, ports } from "@/server/ports";

export type JobContext = Context & { readonly ports: Ports };

/** What a job acts as: an actor of its own, named in audit and events. */
export function jobContext(db: Db, name: string): JobContext {
  const base = createContext({ db, actor: { kind: "job", name }, zone: env.OPERATOR_ZONE });
  return { ...base, ports: ports(db) };
}
