import pino from "pino";
import { env } from "@/server/env";
import { traceOf } from "./trace";

/** Structured logs. Secrets and personal data are cut by path, wherever they sit in what is logged. */
export const REDACTED_PATHS = [
  "password",
  "secret",
  "token",
  "authorization",
  "cookie",
  "phone",
  "email",
  "passport",
  "totp",
].flatMap((key) => [key, `*.${key}`, `*.*.${key}`, `*.*.*.${key}`]);

export const logger = pino({
  level: env.LOG_LEVEL,
  redact: { paths: REDACTED_PATHS, censor: "[redacted]" },
  serializers: { err: traceOf },
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
});
