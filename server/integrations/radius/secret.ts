import { createHmac } from "node:crypto";
import { secrets } from "@/server/data-dir";
import { env } from "@/server/env";

/** Shared by the probe and the daemon it asks. Derived when it is not set, so that both processes find the same. */
export function radiusSecret(): string {
  return env.RADIUS_SECRET ?? createHmac("sha256", secrets().roleKey).update("uzel radius probe").digest("base64url");
}
