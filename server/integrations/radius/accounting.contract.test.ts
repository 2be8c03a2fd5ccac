import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { radiusMissing, startTestRadius, type TestRadius } from "./testing/peer";

const PACKETS = join(import.meta.dirname, "../../../../shared/contracts/radius");
const packetsMissing = existsSync(PACKETS) ? null : "../shared/contracts/radius";
if (packetsMissing)
  process.stderr.write(`FreeRADIUS' own accounting packets are not tested: ${packetsMissing} missing\n`);

const at = (second: number) => new Date(Date.UTC(2026, 10, 14, 9, 0, second)).toISOString();
const iso = (text: string) => new Date(text).toISOString();
/** FreeRADIUS' own spelling of an instant. */
const stamp = (second: number) => {
  const [, day, month, year, time] = /(\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(at(second)).toUTCString()) ?? [];
  return `${month} ${day} ${year} ${time} UTC`;
};

describe.skipIf(radiusMissing)("accounting through FreeRADIUS", () => {
  let database: TestDatabase;
  let radius: TestRadius;
  let made = 0;

  beforeAll(async () => {
    database = await testDatabase();
    radius = await startTestRadius(database.radiusUrl);
  });
  afterAll(async () => {
    await radius?.close();
    await database?.close();
  });

  const sessions = (username: string) => database.sql`
    select acctsessionid, acctstarttime, acctupdatetime, acctstoptime, acctsessiontime::int as seconds,
           acctinputoctets::text as input, acctoutputoctets::text as output, acctterminatecause as cause,
           host(framedipaddress) as address, class, host(nasipaddress) as nas
    from radius.radacct where username = ${username} order by acctstarttime`;
  const user = () => `session${++made}@example.org`;

  function packet(username: string, type: string, second: number, more: Record<string, string | number> = {}): string {
    const attributes = {
      "User-Name": `"${username}"`,
      "Acct-Status-Type": type,
      "Acct-Session-Id": '"0000002A"',
      "NAS-IP-Address": "192.0.2.10",
      "NAS-Port": 7,
      "Event-Timestamp": `"${stamp(second)}"`,
      ...more,
    };
    const lines = Object.entries(attributes).map(([name, value]) => `${name} = ${value}`);
    return `${lines.join("\n")}\n`;
  }

  /** Sends one packet, asserts that the NAS is answered (else it repeats for ever). */
  async function account(...given: Parameters<typeof packet>) {
    const reply = await radius.ask("acct", packet(...given));
    expect(reply.code, `${given[1]} at ${given[2]} s`).toBe("Accounting-Response");
  }

  const octets = (input: number, output: number, seconds: number) => ({
    "Acct-Input-Octets": input,
    "Acct-Output-Octets": output,
    "Acct-Session-Time": seconds,
  });

  describe.skipIf(packetsMissing)("FreeRADIUS' own packets", () => {
    test.each([
      ["acct_0_start.radclient", "user0@example.org", { input: "0", output: "0", acctstoptime: null }],
      [
        "acct_1_update.radclient",
        "user1@example.org",
        { input: "4294967306", output: "4294967306", acctstoptime: null },
      ],
      [
        "acct_2_stop.radclient",
        "user2@example.org",
        { input: "4294967311", output: "4294967311", seconds: 120, cause: "User-Request" },
      ],
    ])("%s is answered and stored, sent twice it is one session", async (file, username, stored) => {
      const packet = readFileSync(join(PACKETS, file), "utf8");
      for (let sent = 0; sent < 2; sent += 1) {
        expect((await radius.ask("acct", packet)).code).toBe("Accounting-Response");
        expect(await sessions(username)).toMatchObject([{ ...stored, nas: "192.0.2.10", address: "198.51.100.59" }]);
      }
    });
  });

  test("a session's life: start, updates, stop", async () => {
    const anna = user();
    await account(anna, "Start", 0, { Class: "0x61626364", "Framed-IP-Address": "10.0.0.7" });
    await account(anna, "Interim-Update", 300, octets(1_000, 9_000, 300));
    await account(anna, "Stop", 420, { ...octets(1_500, 9_500, 420), "Acct-Terminate-Cause": "Lost-Carrier" });
    const [session, ...others] = await sessions(anna);
    expect(others).toEqual([]);
    expect(session).toMatchObject({ input: "1500", output: "9500", seconds: 420, cause: "Lost-Carrier" });
    expect(session).toMatchObject({ class: "0x61626364", address: "10.0.0.7" });
    expect(iso(session?.acctstarttime)).toBe(at(0));
    expect(iso(session?.acctstoptime)).toBe(at(420));
  });

  test("octets beyond 32 bits are counted with their gigawords", async () => {
    const anna = user();
    const gigawords = { "Acct-Input-Gigawords": 3, "Acct-Output-Gigawords": 1024 };
    await account(anna, "Stop", 60, { ...octets(7, 4_294_967_295, 60), ...gigawords });
    expect(await sessions(anna)).toMatchObject([{ input: "12884901895", output: "4402341478399" }]);
  });

  test("an update without a start, and a stop without either, are sessions too", async () => {
    const [anna, boris] = [user(), user()];
    await account(anna, "Interim-Update", 300, octets(10, 20, 300));
    await account(boris, "Stop", 300, octets(30, 40, 120));
    expect((await sessions(anna))[0]).toMatchObject({ input: "10", acctstoptime: null });
    const [session] = await sessions(boris);
    expect(session).toMatchObject({ input: "30", output: "40", seconds: 120 });
    expect(iso(session?.acctstarttime)).toBe(at(180));
    expect(iso(session?.acctstoptime)).toBe(at(300));
  });

  test("late, repeated and reordered packets never take counters down nor open what is closed", async () => {
    const anna = user();
    await account(anna, "Start", 0);
    await account(anna, "Interim-Update", 600, octets(2_000, 8_000, 600));
    await account(anna, "Interim-Update", 300, octets(1_000, 4_000, 300));
    expect(await sessions(anna)).toMatchObject([{ input: "2000", output: "8000", seconds: 600 }]);
    await account(anna, "Stop", 700, octets(2_500, 9_000, 700));
    await account(anna, "Interim-Update", 600, octets(2_000, 8_000, 600));
    await account(anna, "Start", 0);
    await account(anna, "Stop", 710, octets(2_400, 9_000, 700));
    const rows = await sessions(anna);
    expect(rows).toMatchObject([{ input: "2500", output: "9000", seconds: 700 }]);
    expect(iso(rows[0]?.acctstoptime)).toBe(at(700));
  });

  test("a start that NASes date a second apart is still one session", async () => {
    const anna = user();
    await account(anna, "Start", 0);
    await account(anna, "Interim-Update", 301, octets(1, 1, 299));
    await account(anna, "Stop", 400, octets(2, 2, 401));
    expect(await sessions(anna)).toHaveLength(1);
  });

  test("a session id used again after a reboot is another session, and its traffic is not lost", async () => {
    const anna = user();
    await account(anna, "Start", 0);
    await account(anna, "Interim-Update", 3_000, octets(5_000, 5_000, 3_000));
    await account(anna, "Start", 7_200);
    await account(anna, "Stop", 7_800, octets(100, 200, 600));
    expect(await sessions(anna)).toMatchObject([
      { input: "5000", output: "5000" },
      { input: "100", output: "200", seconds: 600 },
    ]);
  });

  test("a NAS that restarts closes its sessions and no one else's; one without sessions is answered too", async () => {
    const [anna, boris] = [user(), user()];
    await account(anna, "Start", 0, { "NAS-IP-Address": "192.0.2.20" });
    await account(boris, "Start", 0, { "NAS-IP-Address": "192.0.2.21" });
    await account(anna, "Accounting-On", 60, { "NAS-IP-Address": "192.0.2.20" });
    await account(anna, "Accounting-Off", 60, { "NAS-IP-Address": "192.0.2.99" });
    expect((await sessions(anna))[0]).toMatchObject({ cause: "NAS-Reboot", acctstoptime: expect.any(String) });
    expect((await sessions(boris))[0]).toMatchObject({ acctstoptime: null });
  });

  test("letters of other alphabets and quotes in what devices say harm nothing", async () => {
    const anna = user();
    await account(anna, "Start", 0, { "Calling-Station-Id": `"Дом'); drop table x; --"` });
    expect(await sessions(anna)).toHaveLength(1);
  });

  test("two hundred packets of one session at once are one session with the highest counters", async () => {
    const anna = user();
    await account(anna, "Start", 0);
    const seconds = Array.from({ length: 200 }, (_, index) => 200 - index);
    const packets = seconds.map((n) => packet(anna, "Interim-Update", n, octets(n * 10, n * 20, n)));
    expect(await radius.burst("acct", packets, 20)).toBe(200);
    expect(await sessions(anna)).toMatchObject([{ input: "2000", output: "4000", seconds: 200 }]);
  });
});
