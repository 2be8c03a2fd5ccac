import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acquireEmbedded, type EmbeddedServer } from "@/db/embedded";
import { isAlive } from "@/db/embedded/processes";
import { stopServer } from "@/db/embedded/server";

const ownerPassword = "a password of a throwaway server with 'quotes' & signs";

describe("the embedded server", () => {
  let dir: string;
  let undo: (() => Promise<unknown>)[];

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "uzel-embedded-"));
    undo = [];
  });
  afterEach(async () => {
    for (const action of undo.reverse()) await action();
    const pid = Number(existsSync(pidFile()) ? readFileSync(pidFile(), "utf8").split("\n")[0] : Number.NaN);
    if (pid > 0 && pid !== process.pid) await stopServer(pid);
    rmSync(dir, { recursive: true, force: true });
  });

  const pidFile = () => join(dir, "postgres", "postmaster.pid");

  async function start(): Promise<EmbeddedServer> {
    const server = await acquireEmbedded({ dir, ownerPassword, database: "uzel" });
    undo.push(server.release);
    return server;
  }

  async function startElsewhere(): Promise<{ child: ChildProcess; pid: number; started: boolean }> {
    const fixture = join(import.meta.dirname, "../embedded/hold.fixture.ts");
    const child = spawn(process.execPath, ["--import", "tsx", fixture, dir, ownerPassword], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    undo.push(async () => child.kill("SIGKILL"));
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    return { child, ...(JSON.parse(line) as { pid: number; started: boolean }) };
  }

  async function write(server: EmbeddedServer, text: string): Promise<void> {
    await query(server, async (sql) => {
      await sql`create table if not exists kept (text text)`;
      await sql`insert into kept values (${text})`;
    });
  }

  const readAll = (server: EmbeddedServer) =>
    query(server, async (sql) => (await sql`select text from kept order by text`).map((row) => row.text as string));

  async function query<T>(server: EmbeddedServer, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
    const sql = postgres(server.url, { max: 1, onnotice: () => {} });
    try {
      return await work(sql);
    } finally {
      await sql.end();
    }
  }

  it("listens on the loopback address only, sorts by Russian rules and checks its pages", async () => {
    const server = await start();
    const shown = await query(
      server,
      (sql) => sql`
        select current_setting('listen_addresses') as listen, current_setting('fsync') as fsync,
          current_setting('data_checksums') as checksums, current_setting('server_encoding') as encoding,
          (select datlocprovider::text || ':' || datlocale from pg_database where datname = 'uzel') as locale,
          'ёж' < 'жук' as russian`,
    );
    expect(shown[0]).toEqual({
      listen: "127.0.0.1",
      fsync: "on",
      checksums: "on",
      encoding: "UTF8",
      locale: "i:ru",
      russian: true,
    });
    expect(statSync(join(dir, "postgres")).mode & 0o077).toBe(0);
  });

  it("keeps what was acknowledged when PostgreSQL is killed -9, and keeps its port", async () => {
    const first = await start();
    await write(first, "acknowledged");
    process.kill(first.pid, "SIGKILL");
    const second = await start();
    expect(second.started).toBe(true);
    expect(second.port).toBe(first.port);
    expect(await readAll(second)).toEqual(["acknowledged"]);
  });

  it("is joined by the next starter when its own starter was killed -9, and stops with the last user", async () => {
    const elsewhere = await startElsewhere();
    elsewhere.child.kill("SIGKILL");
    await once(elsewhere.child, "exit");
    const server = await start();
    expect(server).toMatchObject({ started: false, pid: elsewhere.pid });
    await server.release();
    expect(isAlive(server.pid)).toBe(false);
  });

  it("outlives its starter while somebody else still works, and ends after the last one left", async () => {
    const elsewhere = await startElsewhere();
    const server = await start();
    expect(server).toMatchObject({ started: false, pid: elsewhere.pid });
    elsewhere.child.stdin?.end();
    await once(elsewhere.child, "exit");
    await write(server, "still here");
    await server.release();
    expect(isAlive(server.pid)).toBe(false);
  });

  it("is one server when five starters come at once", async () => {
    const servers = await Promise.all(Array.from({ length: 5 }, start));
    expect(new Set(servers.map((server) => server.pid)).size).toBe(1);
    expect(servers.filter((server) => server.started)).toHaveLength(1);
  });

  it("starts over a pid file whose number now belongs to another program", async () => {
    const first = await start();
    await write(first, "kept");
    process.kill(first.pid, "SIGKILL");
    while (isAlive(first.pid)) await pause(10);
    const lines = readFileSync(pidFile(), "utf8").split("\n");
    writeFileSync(pidFile(), [String(process.pid), ...lines.slice(1)].join("\n"));
    expect(await readAll(await start())).toEqual(["kept"]);
  });

  it("breaks the lock of a starter that was killed in the middle", async () => {
    writeFileSync(join(dir, "postgres.lock"), "999999999 1\n");
    expect((await start()).started).toBe(true);
  });

  it("says in one line that its port is taken, and by which file another is chosen", async () => {
    const first = await start();
    await first.release();
    const squatter = createServer().listen(first.port, "127.0.0.1");
    await once(squatter, "listening");
    undo.push(async () => squatter.close());
    await expect(start()).rejects.toThrow(
      new RegExp(`^Port ${first.port} of the embedded PostgreSQL is taken by another program: .*postgres\\.json.*$`),
    );
  });

  it("refuses in one line a folder that holds something else, and touches nothing in it", async () => {
    mkdirSync(join(dir, "postgres"));
    writeFileSync(join(dir, "postgres", "thesis.txt"), "mine");
    await expect(start()).rejects.toThrow(/^The database folder .* holds no PostgreSQL data\. .*UZEL_DATA_DIR\.$/);
    expect(readFileSync(join(dir, "postgres", "thesis.txt"), "utf8")).toBe("mine");
  });

  it("refuses in one line the data of another PostgreSQL version", async () => {
    await (await start()).release();
    writeFileSync(join(dir, "postgres", "PG_VERSION"), "15\n");
    await expect(start()).rejects.toThrow(/^The database folder .* was made by PostgreSQL 15 and this is 18: .*$/);
  });

  it("refuses a running server whose password is not ours", async () => {
    await start();
    await expect(acquireEmbedded({ dir, ownerPassword: "another", database: "uzel" })).rejects.toThrow(
      /^The server over .* does not accept the password in secrets\.json.*$/,
    );
  });
});
