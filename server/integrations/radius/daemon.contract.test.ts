import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { startRadiusDaemon } from "./daemon";
import { radiusMissing, startTestRadius } from "./testing/peer";

describe.skipIf(radiusMissing)("the FreeRADIUS process", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database?.close());

  const isRunning = (pid: number) => existsSync(`/proc/${pid}`);
  const question = 'User-Name = "nobody"\nUser-Password = "x"\n';

  test("answers once it is started, is gone once it is stopped, and starts again on the same ports", async () => {
    const radius = await startTestRadius(database.radiusUrl);
    try {
      expect((await radius.ask("auth", question)).code).toBe("Access-Reject");
      await radius.stop();
      expect((await radius.ask("auth", question, { tries: 1, timeoutSeconds: 1 })).code).toBeNull();
      await radius.start();
      expect((await radius.ask("auth", question)).code).toBe("Access-Reject");
    } finally {
      await radius.close();
    }
  });

  test("one that outlived its killed parent makes room for the next", async () => {
    const radius = await startTestRadius(database.radiusUrl);
    try {
      await radius.stop();
      const abandoned = await startRadiusDaemon(radius);
      expect(isRunning(abandoned.pid)).toBe(true);
      await radius.start();
      expect(isRunning(abandoned.pid)).toBe(false);
      expect((await radius.ask("auth", question)).code).toBe("Access-Reject");
    } finally {
      await radius.close();
    }
  });

  test("one that cannot start says why, without the database's password", async () => {
    const first = await startTestRadius(database.radiusUrl);
    try {
      const second = startTestRadius(database.radiusUrl, [first.authPort, first.acctPort]);
      const error = await second.then(
        () => null,
        (reason: Error) => reason,
      );
      expect(error?.name).toBe("RadiusDaemonError");
      expect(error?.message).toContain(`port ${first.authPort}`);
      expect(error?.message).not.toContain(new URL(database.radiusUrl).password);
    } finally {
      await first.close();
    }
  });
});
