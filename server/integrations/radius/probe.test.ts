import { createHash } from "node:crypto";
import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { createProbe, type ProbeOptions } from "./probe";

const SECRET = "probe-secret";

/** A RADIUS server of the test's own: what it does with each datagram. */
async function server(react: (reply: (packet: Buffer) => void, request: Buffer, number: number) => void) {
  const socket = createSocket("udp4");
  const seen: Buffer[] = [];
  socket.on("message", (request: Buffer, from: RemoteInfo) => {
    seen.push(request);
    react((packet) => socket.send(packet, from.port, from.address), request, seen.length);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  onTestFinished(() => closed(socket));
  return { port: socket.address().port, seen };
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.close(() => resolve()));
}

function answer(request: Buffer, code: number, attributes = Buffer.alloc(0), secret = SECRET): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt8(code, 0);
  header.writeUInt8(request.readUInt8(1), 1);
  header.writeUInt16BE(20 + attributes.length, 2);
  const signed = createHash("md5").update(header).update(request.subarray(4, 20)).update(attributes).update(secret);
  return Buffer.concat([header, signed.digest(), attributes]);
}

function mikrotik(type: number, text: string): Buffer {
  const value = Buffer.from(text);
  return Buffer.concat([Buffer.from([26, value.length + 8, 0, 0, 0x3a, 0x8c, type, value.length + 2]), value]);
}

const paid = (rate: string, list = "paid") => Buffer.concat([mikrotik(8, rate), mikrotik(19, list)]);
const probe = (port: number, options: Partial<ProbeOptions> = {}) =>
  createProbe({ host: "127.0.0.1", authPort: port, secret: SECRET, timeoutMs: 60, tries: 3, ...options });

test("an accept is read: what the subscriber sends comes first", async () => {
  const { port } = await server((reply, request) => reply(answer(request, 2, paid("50000k/300M"))));
  expect(await probe(port).readAccess("anna", "secret")).toEqual({
    state: "active",
    upKbps: 50_000,
    downKbps: 300_000,
  });
});

test("the walled garden and a reject are read", async () => {
  const walled = await server((reply, request) => reply(answer(request, 2, paid("64k/64k", "walled"))));
  const closed = await server((reply, request) => reply(answer(request, 3)));
  expect(await probe(walled.port).readAccess("anna", "secret")).toMatchObject({ state: "walled" });
  expect(await probe(closed.port).readAccess("anna", "secret")).toMatchObject({ state: "closed", downKbps: null });
});

test("a datagram lost is sent again, the very same", async () => {
  const { port, seen } = await server((reply, request, number) => number === 3 && reply(answer(request, 3)));
  expect(await probe(port).readAccess("anna", "secret")).toMatchObject({ state: "closed" });
  expect(seen).toHaveLength(3);
  expect(seen[1]?.equals(seen[0] ?? Buffer.alloc(0))).toBe(true);
});

test("silence is a timeout after the tries asked for", async () => {
  const { port, seen } = await server(() => {});
  await expect(probe(port).readAccess("anna", "secret")).rejects.toMatchObject({
    name: "NetworkUnavailable",
    reason: "timeout",
  });
  expect(seen).toHaveLength(3);
});

test("after a silence the next ones are told at once, and after a while it is asked again", async () => {
  const { port, seen } = await server((reply, request, number) => number > 3 && reply(answer(request, 3)));
  const asked = probe(port, { silenceMs: 500 });
  await expect(asked.readAccess("anna", "secret")).rejects.toMatchObject({ reason: "timeout" });
  await expect(asked.readAccess("boris", "secret")).rejects.toMatchObject({ reason: "timeout" });
  expect(seen, "nothing more was sent").toHaveLength(3);
  await new Promise((resolve) => setTimeout(resolve, 520));
  expect(await asked.readAccess("boris", "secret")).toMatchObject({ state: "closed" });
});

test("a port where nobody listens is a refusal, and it is quick", async () => {
  const { port } = await server(() => {});
  const free = createSocket("udp4").bind(0, "127.0.0.1");
  await once(free, "listening");
  const freePort = free.address().port;
  await closed(free);
  expect(freePort).not.toBe(port);
  const since = performance.now();
  await expect(probe(freePort, { timeoutMs: 5_000 }).readAccess("anna", "secret")).rejects.toMatchObject({
    reason: "refused",
  });
  expect(performance.now() - since).toBeLessThan(2_000);
});

test("an answer signed with another secret is not believed", async () => {
  const { port } = await server((reply, request) => reply(answer(request, 2, paid("1M/1M"), "other")));
  await expect(probe(port).readAccess("anna", "secret")).rejects.toMatchObject({ reason: "bad_answer" });
});

test("a forged answer does not hide the true one behind it", async () => {
  const { port } = await server((reply, request) => {
    reply(answer(request, 3, Buffer.alloc(0), "other"));
    reply(answer(request, 2, paid("1M/1M")));
  });
  expect(await probe(port).readAccess("anna", "secret")).toMatchObject({ state: "active" });
});

test.each([
  ["an accept that says nothing of speed", 2, Buffer.alloc(0)],
  ["an accept with an address list we do not know", 2, paid("1M/1M", "vip")],
  ["a challenge", 11, Buffer.alloc(0)],
])("%s is a bad answer", async (_name, code, attributes) => {
  const { port } = await server((reply, request) => reply(answer(request, code, attributes)));
  await expect(probe(port).readAccess("anna", "secret")).rejects.toMatchObject({ reason: "bad_answer" });
});

test("fifty questions at once each get their own answer", async () => {
  const { port } = await server((reply, request) => {
    const speed =
      request
        .subarray(40)
        .toString("latin1")
        .match(/user(\d+)/)?.[1] ?? "0";
    reply(answer(request, 2, paid(`${speed}k/${speed}k`)));
  });
  const asked = probe(port, { timeoutMs: 2_000 });
  const views = await Promise.all(
    Array.from({ length: 50 }, (_, index) => asked.readAccess(`user${index + 1}`, "secret")),
  );
  expect(views.map((view) => view.downKbps)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
});
