import { isIP, isIPv4, isIPv6 } from "node:net";
import { resolve } from "node:path";
import { z } from "zod";

const port = z.coerce.number("is not a port").int("is not a port").min(1, "is not a port").max(65535, "is not a port");
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\/.+/, "must look like postgres://user:password@host:5432/name");
const httpUrl = z
  .url({ protocol: /^https?$/, error: "must be an http(s) address" })
  .transform((url) => url.replace(/\/+$/, ""));
const flag = z.enum(["0", "1", "true", "false"], "must be 1 or 0").transform((text) => text === "1" || text === "true");

const zone = z.string().refine((name) => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}, "is not an IANA time zone such as Europe/Moscow");

const networks = z
  .string()
  .transform((text) =>
    text
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean),
  )
  .refine((parts) => parts.every(isNetwork), "must be a comma-separated list of addresses or networks (CIDR)");

function isNetwork(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const width = isIPv4(address) ? 32 : isIPv6(address) ? 128 : 0;
  if (width === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= width);
}

const shape = z.object({
  NODE_ENV: z.string().default("development"),
  /** Where the build lies; kept apart by tests and benches that must not touch the main one. */
  NEXT_DIST_DIR: z.string().default(".next"),
  /** Owner of the schema; unset = the embedded server in the data directory. */
  DATABASE_URL: postgresUrl.optional(),
  /** Role that web, worker and commands work under; cannot rewrite the ledger, audit or events. */
  DATABASE_APP_URL: postgresUrl.optional(),
  /** Role that FreeRADIUS logs in with; reads views, writes accounting. */
  DATABASE_RADIUS_URL: postgresUrl.optional(),
  /** Owner of the sandbox database, where copies of subscribers live; unset = beside the embedded one, or nowhere. */
  SANDBOX_DATABASE_URL: postgresUrl.optional(),
  /** The role that the web works under in it; handed down by the supervisor. */
  SANDBOX_DATABASE_APP_URL: postgresUrl.optional(),
  UZEL_DATA_DIR: z
    .string()
    .default(".data")
    .transform((path) => resolve(path)),
  /** Where the web server listens: this machine alone unless opened, as with 0.0.0.0. */
  HOST: z
    .string()
    .refine((host) => host === "localhost" || isIP(host) !== 0, "must be an address to listen on, such as 0.0.0.0")
    .default("127.0.0.1"),
  PORT: port.default(3000),
  UZEL_PUBLIC_URL: httpUrl.optional(),
  NEXTAUTH_SECRET: z.string().min(32, "must be at least 32 characters").optional(),
  OPERATOR_ZONE: zone.default("Europe/Moscow"),
  YOOKASSA_SHOP_ID: z.string().optional(),
  YOOKASSA_SECRET_KEY: z.string().optional(),
  YOOKASSA_API_URL: httpUrl.optional(),
  /** Set by the supervisor together with the three above when no shop is configured: they lead to the fake provider. */
  YOOKASSA_TEST_MODE: flag.default(false),
  YOOKASSA_WEBHOOK_NETWORKS: networks.optional(),
  /** How many proxies of ours stand in front and append to X-Forwarded-For. */
  TRUSTED_PROXIES: z.coerce.number("must be a small number").int().min(0).max(10).default(0),
  RADIUS_HOST: z.string().optional(),
  RADIUS_AUTH_PORT: port.default(1812),
  RADIUS_SECRET: z.string().optional(),
  /** The mail server that letters go out by; unset = letters are written to a file and reach nobody. */
  SMTP_HOST: z.string().optional(),
  SMTP_PORT: port.default(587),
  /** `starttls` insists on it; `tls` speaks it from the first byte, as port 465 does; `none` is for a server of one's own house. */
  SMTP_SECURITY: z.enum(["starttls", "tls", "none"], "must be starttls, tls or none").default("starttls"),
  SMTP_USER: z.string().optional(),
  SMTP_PASSWORD: z.string().optional(),
  /** Whom letters are from: `billing@operator.example`. */
  SMTP_FROM: z.email("must be an e-mail address").optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  UZEL_DEMO: flag.default(false),
});

const environment = shape
  .superRefine((values, context) => {
    if ((values.YOOKASSA_SHOP_ID === undefined) !== (values.YOOKASSA_SECRET_KEY === undefined)) {
      context.addIssue({
        code: "custom",
        path: [values.YOOKASSA_SHOP_ID === undefined ? "YOOKASSA_SHOP_ID" : "YOOKASSA_SECRET_KEY"],
        message: "must be set together with its pair (shop id and secret key)",
      });
    }
    if ((values.SMTP_USER === undefined) !== (values.SMTP_PASSWORD === undefined)) {
      context.addIssue({
        code: "custom",
        path: [values.SMTP_USER === undefined ? "SMTP_USER" : "SMTP_PASSWORD"],
        message: "must be set together with its pair (user and password)",
      });
    }
    if (values.SMTP_HOST !== undefined && values.SMTP_FROM === undefined) {
      context.addIssue({ code: "custom", path: ["SMTP_FROM"], message: "must say whom letters are from" });
    }
  })
  .transform((values) => ({
    ...values,
    UZEL_PUBLIC_URL: values.UZEL_PUBLIC_URL ?? `http://localhost:${values.PORT}`,
  }));

export type Env = z.output<typeof environment>;

/** Every bad variable on a line of its own, by name. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

/**
 * Reads settings from a bag of strings; an empty string counts as unset.
 * @throws EnvironmentError with one line per bad variable. Values are not repeated: they may be secrets.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const result = environment.safeParse(present);
  if (result.success) return result.data;
  throw new EnvironmentError(
    result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("\n"),
  );
}

function parseOrExit(): Env {
  try {
    return parseEnv(process.env);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`Bad settings in the environment:\n${error.message}\n`);
    process.exit(78);
  }
}

export const env: Env = parseOrExit();

/** What a child process inherits, with our changes over it; `undefined` removes a variable. */
export function childEnvironment(changes: Record<string, string | undefined>): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}
