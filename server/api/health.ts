import { setTimeout as pause } from "node:timers/promises";
import { webDatabase } from "@/server/auth/database";
import { type Health, readHealth } from "@/server/platform/health";
import { logger } from "@/server/platform/logger";
import { traceOf } from "@/server/platform/trace";

const TIMEOUT_MS = 3_000;

/**
 * For whatever decides where requests go: 200 when this process can serve, 503 when it cannot (the database is away, or
 * of another version). A worker that is away is `degraded`: pages still serve, and what it owes is kept in the queue.
 */
export async function healthResponse(): Promise<Response> {
  const health = await Promise.race([askDatabase(), pause(TIMEOUT_MS, null, { ref: false })]);
  const serves = health?.migrations.current ?? false;
  const status = !serves ? "down" : health?.worker.alive ? "ok" : "degraded";
  const body = { status, web: "up", database: health ? "up" : "down", ...health };
  return Response.json(body, { status: serves ? 200 : 503, headers: { "cache-control": "no-store" } });
}

async function askDatabase(): Promise<Health | null> {
  try {
    return await readHealth(await webDatabase());
  } catch (error) {
    logger.warn({ error: traceOf(error) }, "health: the database does not answer");
    return null;
  }
}
