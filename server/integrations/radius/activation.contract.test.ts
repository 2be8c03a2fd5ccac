import { Logger, type Runner, run } from "graphile-worker";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import {
  applyService,
  createService,
  type NetworkContext,
  readServices,
  refreshServices,
  ServiceInput,
} from "@/server/domain/provisioning";
import { readUsage, recordUsage } from "@/server/domain/usage";
import { createContext } from "@/server/platform/context";
import { createWorld, type Subscriber, type World, ZONE } from "@/server/scenarios/world";
import { createProbe } from "./probe";
import { radiusMissing, startTestRadius, TEST_SECRET, type TestRadius } from "./testing/peer";

const SECRET = "secret-of-Anna";

describe.skipIf(radiusMissing)("from a payment to the network, with a worker and FreeRADIUS", () => {
  let database: TestDatabase;
  let world: World;
  let radius: TestRadius;
  let worker: Runner;
  let made = 0;

  const context = (): NetworkContext => ({
    ...createContext({ db: database.db, actor: { kind: "job", name: "test" }, zone: ZONE }),
    ports: {
      network: createProbe({
        host: "127.0.0.1",
        authPort: radius.authPort,
        secret: TEST_SECRET,
        timeoutMs: 500,
        silenceMs: 100,
      }),
    },
  });

  beforeAll(async () => {
    database = await testDatabase();
    world = await createWorld(database.db, new Date().toISOString().slice(0, 10));
    radius = await startTestRadius(database.radiusUrl);
    worker = await run({
      connectionString: database.appUrl,
      concurrency: 4,
      pollInterval: 100,
      noHandleSignals: true,
      logger: new Logger(() => () => {}),
      taskList: {
        apply_service: async (payload) => {
          await applyService(context(), ServiceInput.parse(payload));
        },
        settle_account: () => {},
      },
    });
  });
  afterAll(async () => {
    await worker?.stop();
    await radius?.close();
    await database?.close();
  });

  async function subscriber() {
    const person = await world.subscriber({});
    const { accountId, subscriptionId } = person;
    const login = `anna${++made}`;
    const { serviceId } = await createService(context(), { accountId, subscriptionId, login, secret: SECRET });
    return { ...person, login, serviceId };
  }
  const owe = ({ accountId }: Subscriber, minor: number) =>
    database.ownerSql`update account_balances set balance_minor = ${-minor} where account_id = ${accountId}`;
  const refresh = ({ accountId }: Subscriber) => refreshServices(context(), { accountIds: [accountId] });
  const service = async ({ accountId }: Subscriber) => {
    const [view] = await readServices(world.ctx, { accountId });
    if (!view) throw new Error("no service");
    return view;
  };
  const reaches = (person: Subscriber, state: string) =>
    expect
      .poll(async () => (await service(person)).inStep && (await service(person)).actual?.state, { timeout: 30_000 })
      .toBe(state);
  const ask = (login: string) => radius.ask("auth", `User-Name = "${login}"\nUser-Password = "${SECRET}"\n`);

  test("a debt walls, a payment opens: each is read back from RADIUS itself", async () => {
    const anna = await subscriber();
    await reaches(anna, "active");
    await owe(anna, 1_00);
    await refresh(anna);
    await reaches(anna, "walled");
    expect((await ask(anna.login)).attributes["Mikrotik-Address-List"]).toBe("walled");
    await world.pay(anna.accountId, 1_00n);
    await refresh(anna);
    await reaches(anna, "active");
    expect((await ask(anna.login)).attributes["Mikrotik-Rate-Limit"]).toBe("300000k/300000k");
  });

  test("with RADIUS away the payment stands, the task waits, and it catches up by itself", async () => {
    const anna = await subscriber();
    await owe(anna, 1_00);
    await refresh(anna);
    await reaches(anna, "walled");
    await radius.stop();

    await world.pay(anna.accountId, 500_00n);
    await refresh(anna);
    await expect.poll(async () => (await service(anna)).lastError, { timeout: 15_000 }).toBe("network_refused");
    expect(await service(anna)).toMatchObject({
      inStep: false,
      desired: { state: "active" },
      actual: { state: "walled" },
      tasks: [{ state: "waiting" }, { state: "done" }, { state: expect.stringMatching(/done|superseded/) }],
    });

    await radius.start();
    await reaches(anna, "active");
    expect((await service(anna)).tasks[0]).toMatchObject({ state: "done", lastError: null });
  });

  test("what a session used reaches the account through the Class that RADIUS gave out", async () => {
    const anna = await subscriber();
    await reaches(anna, "active");
    const { attributes } = await ask(anna.login);
    const stop = `User-Name = "somebody else"\nClass = ${attributes.Class}\nAcct-Status-Type = Stop\nAcct-Session-Id = "1"
NAS-IP-Address = 192.0.2.10\nAcct-Session-Time = 1\nAcct-Input-Octets = 10\nAcct-Input-Gigawords = 1\nAcct-Output-Octets = 7\n`;
    expect((await radius.ask("acct", stop)).code).toBe("Accounting-Response");
    await database.ownerSql`update radius.radacct set heardat = heardat - interval '6 seconds'`;
    expect((await recordUsage(context())).folded).toBe(1);
    expect(await readUsage(context(), { accountId: anna.accountId })).toMatchObject({
      sentOctets: 4_294_967_306n,
      receivedOctets: 7n,
      sessions: 1,
    });
    expect((await service(anna)).lastAuthentication).toMatchObject({ accepted: true });
  });
});
