import type { TestDatabase } from "@/db/testing/database";
import type { WebContext } from "@/server/auth/web-context";
import { createUser, readSession, startSession } from "@/server/domain/identity";
import type { NotifierPort } from "@/server/domain/notifications/ports";
import type { PaymentGateway } from "@/server/domain/payments/ports";
import type { NetworkPort } from "@/server/domain/provisioning/ports";
import { readStatementBytes } from "@/server/integrations/bank-statement";
import { type Actor, createContext } from "@/server/platform/context";
import type { Role } from "@/server/platform/roles";
import type { Ports } from "@/server/ports";

const PASSWORD = "correct horse battery";
const ADDRESS = "198.51.100.7";

const nothingOutside = (): never => {
  throw new Error("a test reached the outside world");
};
/** Takes every order and never tells how it ends. */
const gateway: PaymentGateway = {
  provider: "yookassa",
  testMode: true,
  shopId: "100500",
  createPayment: async (request) => ({
    id: `2d5e-${request.idempotenceKey}`.slice(0, 36),
    status: "pending",
    paid: false,
    test: true,
    amountMinor: request.amountMinor,
    currency: request.currency,
    incomeAmountMinor: null,
    shopId: "100500",
    metadata: request.metadata,
    confirmationUrl: "https://pay.example/confirm",
    createdAt: new Date(),
    capturedAt: null,
    methodTitle: null,
    cancellationReason: null,
  }),
  readPayment: nothingOutside,
};

const network: NetworkPort = { mode: "views", readAccess: nothingOutside };

const silent = { carrier: "file", deliver: nothingOutside } as const;
const notifier: NotifierPort = {
  channels: { email: silent, sms: silent, messenger: silent },
  payUrl: "https://my.example/pay",
};

/** Contexts as the web makes them, over a test's own database. */
export function trpcWorld(
  database: TestDatabase,
  ports: Ports = { gateway, network, notifier, readStatement: readStatementBytes },
  sandbox: TestDatabase | null = null,
) {
  let made = 0;
  const as = (actor: Actor) => createContext({ db: database.db, actor, zone: "Europe/Moscow" });
  const job = () => as({ kind: "job", name: "test" });
  const visitor = (): WebContext => ({
    ...as({ kind: "anonymous", address: ADDRESS }),
    ports,
    session: { state: "none" },
    openSandbox: async () => sandbox?.db ?? null,
  });

  return {
    job,
    visitor,
    /** A signed-in login of this role; a subscriber's belongs to the customer. */
    async signedIn(role: Role, customerId: string | null = null): Promise<WebContext> {
      made += 1;
      const email = `${role}${made}@uzel.test`;
      await createUser(job(), {
        role,
        displayName: email,
        customerId,
        password: PASSWORD,
        identifiers: [{ kind: "email", value: email }],
      });
      const { sessionId } = await startSession(visitor(), { identifier: email, password: PASSWORD });
      const session = await readSession(visitor(), sessionId);
      if (session.state !== "active") throw new Error(session.state);
      return { ...visitor(), actor: session.actor, session };
    },
  };
}
