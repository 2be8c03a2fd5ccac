import type { NetworkPort } from "@/server/domain/provisioning/ports";
import { env } from "@/server/env";
import type { Context } from "@/server/platform/context";
import { createProbe } from "./probe";
import { radiusSecret } from "./secret";
import { createViews } from "./views";

export { PROBE_IDENTIFIER, type RadiusConfig, RadiusConfigError, writeRadiusConfig } from "./config";
export { FREERADIUS, type RadiusDaemon, RadiusDaemonError, startRadiusDaemon } from "./daemon";
export { createProbe, type ProbeOptions } from "./probe";
export { radiusSecret } from "./secret";
export { createViews } from "./views";

/** RADIUS_HOST set: RADIUS itself is asked. Unset: the views it would read. */
export function createNetwork(db: Context["db"]): NetworkPort {
  if (!env.RADIUS_HOST) return createViews(db);
  return createProbe({ host: env.RADIUS_HOST, authPort: env.RADIUS_AUTH_PORT, secret: radiusSecret() });
}
