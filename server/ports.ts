import { join } from "node:path";
import { dataDir } from "@/server/data-dir";
import type { StatementReader } from "@/server/domain/bank/ports";
import type { NotifierPort } from "@/server/domain/notifications/ports";
import { GatewayError, type PaymentGateway } from "@/server/domain/payments/ports";
import type { NetworkPort } from "@/server/domain/provisioning/ports";
import { env } from "@/server/env";
import { readStatementBytes } from "@/server/integrations/bank-statement";
import { createFileChannel } from "@/server/integrations/message-file";
import { createNetwork } from "@/server/integrations/radius";
import { createSmtpChannel } from "@/server/integrations/smtp";
import { createYookassaGateway } from "@/server/integrations/yookassa/client";
import type { Context } from "@/server/platform/context";

/** What the outside world is to a verb. */
export interface Ports {
  readonly gateway: PaymentGateway;
  readonly network: NetworkPort;
  readonly notifier: NotifierPort;
  readonly readStatement: StatementReader;
}

const YOOKASSA_URL = "https://api.yookassa.ru/v3";
const TIMEOUT_MS = 10_000;

const made = new WeakMap<Context["db"], Ports>();

/**
 * The composition root: the real adapter or the fake one for each port, chosen by the environment, once a process. The
 * database is for the network port, which without RADIUS reads RADIUS's own views.
 */
export function ports(db: Context["db"]): Ports {
  const known = made.get(db);
  if (known) return known;
  const fresh = {
    gateway: createGateway(),
    network: createNetwork(db),
    notifier: createNotifier(),
    readStatement: readStatementBytes,
  };
  made.set(db, fresh);
  return fresh;
}

function createGateway(): PaymentGateway {
  if (!env.YOOKASSA_SHOP_ID || !env.YOOKASSA_SECRET_KEY) return unconfiguredGateway();
  return createYookassaGateway({
    shopId: env.YOOKASSA_SHOP_ID,
    secretKey: env.YOOKASSA_SECRET_KEY,
    apiUrl: env.YOOKASSA_API_URL ?? YOOKASSA_URL,
    timeoutMs: TIMEOUT_MS,
    testMode: env.YOOKASSA_TEST_MODE,
  });
}

/** A mail server when one is named; every other channel, and letters without it, are written to files of the data folder. */
function createNotifier(): NotifierPort {
  const file = (channel: string) => createFileChannel(join(dataDir(), "messages"), channel);
  const { SMTP_HOST: host, SMTP_FROM: from, SMTP_USER: user, SMTP_PASSWORD: password } = env;
  const login = user !== undefined && password !== undefined ? { user, password } : null;
  const email =
    host && from
      ? createSmtpChannel({ host, from, login, port: env.SMTP_PORT, security: env.SMTP_SECURITY })
      : file("email");
  return {
    channels: { email, sms: file("sms"), messenger: file("messenger") },
    payUrl: `${env.UZEL_PUBLIC_URL}/my/pay`,
  };
}

/** No shop and no fake one: a payment stays open and is asked about again, as when the provider is away. */
function unconfiguredGateway(): PaymentGateway {
  const refuse = () => Promise.reject(new GatewayError("unknown", "not_configured"));
  return { provider: "yookassa", testMode: true, shopId: "", createPayment: refuse, readPayment: refuse };
}
