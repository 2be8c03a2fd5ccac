import { GatewayError, type PaymentGateway } from "@/server/domain/payments/ports";
import { env } from "@/server/env";
import { createYookassaGateway } from "@/server/integrations/yookassa/client";

/** What the outside world is to a verb. */
export interface Ports {
  readonly gateway: PaymentGateway;
}

const YOOKASSA_URL = "https://api.yookassa.ru/v3";
const TIMEOUT_MS = 10_000;

let made: Ports | undefined;

/** The composition root: the real adapter or the fake one for each port, chosen by the environment, once a process. */
export function ports(): Ports {
  made ??= { gateway: createGateway() };
  return made;
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

/** No shop and no fake one: a payment stays open and is asked about again, as when the provider is away. */
function unconfiguredGateway(): PaymentGateway {
  const refuse = () => Promise.reject(new GatewayError("unknown", "not_configured"));
  return { provider: "yookassa", testMode: true, shopId: "", createPayment: refuse, readPayment: refuse };
}
