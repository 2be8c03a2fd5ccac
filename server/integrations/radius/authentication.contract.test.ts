import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { createService, type NetworkPort, refreshServices } from "@/server/domain/provisioning";
import { placeBlock } from "@/server/domain/subscriptions";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";
import { createProbe } from "./probe";
import { radiusMissing, startTestRadius, TEST_SECRET, type TestRadius } from "./testing/peer";
import { createViews } from "./views";

const SECRET = "secret-of-Anna";

describe.skipIf(radiusMissing)("FreeRADIUS over our views", () => {
  let database: TestDatabase;
  let world: World;
  let radius: TestRadius;
  let probe: NetworkPort;
  let made = 0;

  beforeAll(async () => {
    database = await testDatabase();
    world = await createWorld(database.db, "2026-11-14");
    await database.ownerSql`insert into network_servers (id, address, short_name, secret)
      values (1, '127.0.0.2', 'bras-2', 'secret-of-bras'), (2, '127.0.0.1', 'clashes with the probe', 'another')`;
    radius = await startTestRadius(database.radiusUrl);
    probe = createProbe({ host: "127.0.0.1", authPort: radius.authPort, secret: TEST_SECRET, timeoutMs: 3_000 });
  });
  afterAll(async () => {
    await radius?.close();
    await database?.close();
  });

  async function subscriber(staticIp: string | null = null) {
    const person = await world.subscriber({});
    const login = `anna${++made}`;
    const { accountId, subscriptionId } = person;
    const { serviceId } = await createService(world.ctx, {
      accountId,
      subscriptionId,
      login,
      secret: SECRET,
      staticIp,
    });
    return { ...person, login, serviceId };
  }
  const block = async ({ accountId }: Subscriber) => {
    await placeBlock(world.ctx, { accountId, subscriptionId: null, reason: "administrative" });
    await refreshServices(world.ctx, { accountIds: [accountId] });
  };
  const end = async ({ accountId, subscriptionId }: Subscriber) => {
    await database.ownerSql`update subscriptions set ended_on = started_on where id = ${subscriptionId}`;
    await refreshServices(world.ctx, { accountIds: [accountId] });
  };
  const pap = (login: string, password = SECRET, more = "") =>
    radius.ask("auth", `User-Name = "${login}"\nUser-Password = "${password}"\n${more}`);
  const chap = (login: string, password = SECRET) =>
    radius.ask("auth", `User-Name = "${login}"\nCHAP-Password = "${password}"\n`);
  const both = (login: string, password?: string) => Promise.all([pap(login, password), chap(login, password)]);

  test("an active service is let in at the tariff's speed, by PAP and by CHAP", async () => {
    const anna = await subscriber("10.20.30.40");
    for (const reply of await both(anna.login)) {
      expect(reply).toEqual({
        code: "Access-Accept",
        attributes: expect.objectContaining({
          "Mikrotik-Rate-Limit": "300000k/300000k",
          "Mikrotik-Address-List": "paid",
          "Framed-IP-Address": "10.20.30.40",
          "Acct-Interim-Interval": "300",
          Class: `0x${Buffer.from(anna.serviceId).toString("hex")}`,
        }),
      });
    }
    expect(await probe.readAccess(anna.login, SECRET)).toEqual({
      state: "active",
      downKbps: 300_000,
      upKbps: 300_000,
    });
  });

  test("what a subscriber sends comes first in the speed, and the probe reads it the same way", async () => {
    const anna = await subscriber();
    await database.ownerSql`update services set up_kbps = 50000 where id = ${anna.serviceId}`;
    expect((await pap(anna.login)).attributes["Mikrotik-Rate-Limit"]).toBe("50000k/300000k");
    expect(await probe.readAccess(anna.login, SECRET)).toMatchObject({ downKbps: 300_000, upKbps: 50_000 });
  });

  test("a blocked service is let into the walled garden, without its own address", async () => {
    const anna = await subscriber("10.20.30.41");
    await block(anna);
    for (const { code, attributes } of await both(anna.login)) {
      expect(code).toBe("Access-Accept");
      expect(attributes).toMatchObject({ "Mikrotik-Rate-Limit": "64k/64k", "Mikrotik-Address-List": "walled" });
      expect(attributes).not.toHaveProperty("Framed-IP-Address");
    }
    expect(await probe.readAccess(anna.login, SECRET)).toMatchObject({ state: "walled" });
  });

  test("where the operator refuses instead of walling, a blocked service is refused", async () => {
    const [blocked, active] = [await subscriber(), await subscriber()];
    await block(blocked);
    await database.ownerSql`insert into settings (key, value) values ('network.financial_block', '"reject"')`;
    try {
      expect((await both(blocked.login)).map((reply) => reply.code)).toEqual(["Access-Reject", "Access-Reject"]);
      expect(await probe.readAccess(blocked.login, SECRET)).toMatchObject({ state: "closed" });
      expect((await pap(active.login)).code).toBe("Access-Accept");
    } finally {
      await database.ownerSql`delete from settings where key = 'network.financial_block'`;
    }
    expect((await pap(blocked.login)).code).toBe("Access-Accept");
  });

  test("an ended service, an unknown login and a wrong password are refused, and the refusal tells nothing", async () => {
    const [ended, anna] = [await subscriber(), await subscriber("10.20.30.42")];
    await end(ended);
    const replies = await Promise.all([
      ...(await both(ended.login)),
      ...(await both("nobody")),
      ...(await both(anna.login, "wrong-password")),
    ]);
    expect(replies).toHaveLength(6);
    for (const { code, attributes } of replies) {
      expect(code).toBe("Access-Reject");
      expect(Object.keys(attributes).filter((name) => name !== "Message-Authenticator")).toEqual([]);
    }
    const seen = await Promise.all([
      probe.readAccess(ended.login, SECRET),
      probe.readAccess("nobody", SECRET),
      probe.readAccess(anna.login, "wrong-password"),
    ]);
    expect(seen.map((view) => view.state)).toEqual(["closed", "closed", "closed"]);
  });

  test("a change is in force at the very next request", async () => {
    const anna = await subscriber();
    expect((await pap(anna.login)).attributes["Mikrotik-Address-List"]).toBe("paid");
    await block(anna);
    expect((await pap(anna.login)).attributes["Mikrotik-Address-List"]).toBe("walled");
    await end(anna);
    expect((await pap(anna.login)).code).toBe("Access-Reject");
  });

  test.each(["x' OR '1'='1", "anna1'--", "анна", 'a\\"b', "%{sql:select 1}", "x".repeat(250)])(
    "the login %s reaches no one's access and harms nothing",
    async (login) => {
      const reply = await radius.ask("auth", `User-Name = ${JSON.stringify(login)}\nUser-Password = "x"\n`);
      expect(reply.code).toBe("Access-Reject");
      expect((await database.sql`select count(*)::int as n from services`)[0]?.n).toBeGreaterThan(0);
    },
  );

  test("answers are written down for support without the password; the probe leaves no trace", async () => {
    const anna = await subscriber();
    await pap(anna.login, "typed-by-mistake");
    await pap(anna.login, SECRET, 'Calling-Station-Id = "AA:BB"\n');
    await probe.readAccess(anna.login, SECRET);
    const rows = await database.sql`select * from radius.radpostauth where username = ${anna.login} order by id`;
    expect(rows.map((row) => [row.reply, row.callingstationid])).toEqual([
      ["Access-Reject", ""],
      ["Access-Accept", "AA:BB"],
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/typed-by-mistake|secret-of-Anna/);
  });

  test("one session at a time: another device is refused, the same one may return, the probe is no session", async () => {
    const anna = await subscriber();
    const device = (id: string) => `Calling-Station-Id = "${id}"\n`;
    const start = `User-Name = "${anna.login}"\nAcct-Status-Type = Start\nAcct-Session-Id = "one"\nNAS-IP-Address = 192.0.2.9\n`;
    expect((await radius.ask("acct", start + device("AA"))).code).toBe("Accounting-Response");
    expect((await pap(anna.login, SECRET, device("BB"))).code).toBe("Access-Reject");
    expect((await pap(anna.login, SECRET, device("AA"))).code).toBe("Access-Accept");
    expect(await probe.readAccess(anna.login, SECRET)).toMatchObject({ state: "active" });

    // A session not heard of for twenty minutes is a NAS that vanished, not a subscriber who is on-line.
    await database.ownerSql`update radius.radacct set heardat = now() - interval '21 minutes' where username = ${anna.login}`;
    expect((await pap(anna.login, SECRET, device("BB"))).code).toBe("Access-Accept");
  });

  test("a server of the table is answered under its own secret, a stranger not at all", async () => {
    const anna = await subscriber();
    const from = (address: string) =>
      `User-Name = "${anna.login}"\nUser-Password = "${SECRET}"\nPacket-Src-IP-Address = ${address}\n`;
    const once = { tries: 1, timeoutSeconds: 1 };
    expect((await radius.ask("auth", from("127.0.0.2"), { secret: "secret-of-bras" })).code).toBe("Access-Accept");
    expect((await radius.ask("auth", from("127.0.0.3"), { ...once, secret: "secret-of-bras" })).code).toBeNull();
    expect((await radius.ask("auth", from("127.0.0.2"), { ...once })).code).not.toBe("Access-Accept");
  });

  test("a database that is away is silence, not a refusal, and the answer comes when it is back", async () => {
    const anna = await subscriber();
    expect((await pap(anna.login)).code).toBe("Access-Accept");
    const [row] = await database.ownerSql`select current_database() as name`;
    await database.ownerSql`revoke connect on database ${database.ownerSql(row?.name)} from public, uzel_radius`;
    const kill = () =>
      database.ownerSql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and usename = 'uzel_radius'`;
    await kill();
    const once = { tries: 1, timeoutSeconds: 2 };
    const request = `User-Name = "${anna.login}"\nUser-Password = "${SECRET}"\n`;
    try {
      expect((await radius.ask("auth", request, once)).code).toBeNull();
      await expect(
        createProbe({ host: "127.0.0.1", authPort: radius.authPort, secret: TEST_SECRET, tries: 1 }).readAccess(
          anna.login,
          SECRET,
        ),
      ).rejects.toMatchObject({ reason: "timeout" });
      const accounting = `User-Name = "${anna.login}"\nAcct-Status-Type = Start\nAcct-Session-Id = "away"\n`;
      expect((await radius.ask("acct", accounting, once)).code).toBeNull();
    } finally {
      await database.ownerSql`grant connect on database ${database.ownerSql(row?.name)} to public, uzel_radius`;
    }
    expect((await radius.ask("auth", request, { tries: 10, timeoutSeconds: 1 })).code).toBe("Access-Accept");
  });

  test("without RADIUS the views answer the same as RADIUS does", async () => {
    const views = createViews(database.db);
    const [active, blocked, ended] = [await subscriber(), await subscriber(), await subscriber()];
    await block(blocked);
    await end(ended);
    const asked: [string, string][] = [
      [active.login, SECRET],
      [active.login, "wrong-password"],
      [blocked.login, SECRET],
      [ended.login, SECRET],
      ["nobody", SECRET],
    ];
    const answers = (port: NetworkPort) => Promise.all(asked.map(([login, secret]) => port.readAccess(login, secret)));
    expect(await answers(views)).toEqual(await answers(probe));
  });

  test("the role of RADIUS reads its views and nothing else", async () => {
    const { openDatabase } = await import("@/db/open-database");
    const { sql, close } = openDatabase(database.radiusUrl, { max: 1 });
    try {
      expect((await sql`select 1 from radius.radcheck limit 1`).length).toBe(1);
      const refused = [
        "public.services",
        "public.customers",
        "radius.admitted",
        "public.transfers",
        "radius.radpostauth",
      ];
      for (const table of refused) {
        await expect(sql.unsafe(`select 1 from ${table} limit 1`), table).rejects.toMatchObject({ code: "42501" });
      }
      await expect(sql`delete from radius.radacct`).rejects.toMatchObject({ code: "42501" });
    } finally {
      await close();
    }
  });
});
