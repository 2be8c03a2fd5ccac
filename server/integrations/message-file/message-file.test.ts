import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFileChannel } from ".";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "uzel-messages-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const message = { key: "m1", to: "+79120000041", subject: "", text: "Строка\nвторая" };

describe("a channel that writes to a file", () => {
  test("writes a line a message, readable by its owner alone, and calls itself what it is", async () => {
    const channel = createFileChannel(join(folder, "outgoing"), "sms", () => new Date("2026-11-25T09:00:00Z"));
    expect(channel.carrier).toBe("file");
    await channel.deliver(message);
    expect(await channel.deliver({ ...message, key: "m2" })).toEqual({ kind: "sent", reason: null });
    const file = join(folder, "outgoing", "sms.ndjson");
    const lines = readFileSync(file, "utf8").trim().split("\n");
    expect(lines.map((line) => JSON.parse(line).key)).toEqual(["m1", "m2"]);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ at: "2026-11-25T09:00:00.000Z", text: message.text });
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  test("says that it could not write, so that the message is tried again", async () => {
    const taken = join(folder, "outgoing");
    writeFileSync(taken, "");
    expect(await createFileChannel(taken, "sms").deliver(message)).toEqual({ kind: "again", reason: "cannot_write" });
  });
});
