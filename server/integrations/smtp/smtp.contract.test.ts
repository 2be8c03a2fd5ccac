import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { Delivery } from "@/server/domain/notifications/ports";
import { createSmtpChannel, type SmtpOptions } from ".";
import { selfSigned } from "./testing/certificate";
import { type MailServer, startMailServer } from "./testing/mail-server";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});
async function server(...options: Parameters<typeof startMailServer>): Promise<MailServer> {
  const started = await startMailServer(...options);
  open.push(started);
  return started;
}

const channel = (port: number, changes: Partial<SmtpOptions> = {}) =>
  createSmtpChannel({
    host: "127.0.0.1",
    port,
    security: "none",
    login: null,
    from: "billing@operator.example",
    timeoutMs: 3_000,
    ...changes,
  });
const letter = (changes: Partial<Delivery> = {}): Delivery => ({
  key: "01890a5d-ac96-774b-bcce-b302099a8057",
  to: "anna@mail.example",
  subject: "Деньги на счёте 100200 закончатся 1 декабря",
  text: "Здравствуйте!\n\nНе хватает 300 ₽.\n.\nhttps://my.example/pay",
  ...changes,
});
const decoded = (raw: string) => {
  const body = raw.slice(raw.indexOf("\r\n\r\n") + 4);
  return /base64/i.test(raw) ? Buffer.from(body, "base64").toString("utf8") : body;
};
const headerOf = (raw: string, name: string) =>
  new RegExp(`^${name}: (.*(?:\r\n[ \t].*)*)`, "im").exec(raw)?.[1]?.replace(/\r\n[ \t]/g, " ") ?? "";

/** A server that speaks as it is told, for what a good one never does. */
async function badServer(talk: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const bad: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    talk(socket);
  });
  await new Promise<void>((resolve) => bad.listen(0, "127.0.0.1", resolve));
  open.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((resolve) => bad.close(() => resolve()));
    },
  });
  return (bad.address() as AddressInfo).port;
}

/** Goes along until `verb`, then does as told. */
const untilVerb = (verb: string, then: (socket: Socket) => void) => (socket: Socket) => {
  let inBody = false;
  socket.write("220 mail.example ESMTP\r\n");
  socket.on("data", (data: Buffer) => {
    for (const line of data.toString("utf8").split("\r\n").filter(Boolean)) {
      const said = inBody ? (line === "." ? "END" : "BODY") : line.slice(0, 4).toUpperCase().trim();
      if (said === verb) return then(socket);
      if (said === "DATA") {
        inBody = true;
        socket.write("354 go on\r\n");
      } else if (said === "EHLO") socket.write("250 mail.example\r\n");
      else if (said !== "BODY") socket.write("250 fine\r\n");
    }
  });
};

describe("a letter over SMTP", () => {
  test("arrives whole: sender, recipient, subject and text in Cyrillic, a lone dot, its own Message-ID", async () => {
    const mail = await server({ disabledCommands: ["STARTTLS"] });
    expect(await channel(mail.port).deliver(letter())).toEqual({ kind: "sent", reason: null });
    const [one] = mail.letters;
    expect(one).toMatchObject({ from: "billing@operator.example", to: ["anna@mail.example"] });
    const raw = one?.raw ?? "";
    expect(headerOf(raw, "Message-ID")).toBe(`<${letter().key}@operator.example>`);
    expect(headerOf(raw, "Auto-Submitted")).toBe("auto-generated");
    expect(headerOf(raw, "Content-Type")).toMatch(/^text\/plain; charset=utf-8/);
    const subject = headerOf(raw, "Subject");
    const words = [...subject.matchAll(/=\?UTF-8\?B\?([^?]+)\?=/gi)].map((part) =>
      Buffer.from(part[1] ?? "", "base64"),
    );
    expect(Buffer.concat(words).toString("utf8")).toBe(letter().subject);
    expect(decoded(raw).replaceAll("\r\n", "\n").trim()).toBe(letter().text);
  });

  test("cannot be made to write to anybody else by what stands in it", async () => {
    const mail = await server({ disabledCommands: ["STARTTLS"] });
    await channel(mail.port).deliver(
      letter({ subject: "x\r\nBcc: all@operator.example", text: "a\r\n.\r\nMAIL FROM:<evil@example>\r\n" }),
    );
    expect(mail.letters).toHaveLength(1);
    expect(mail.letters[0]?.to).toEqual(["anna@mail.example"]);
    expect(headerOf(mail.letters[0]?.raw ?? "", "Bcc")).toBe("");
  });

  test.each(["tls", "starttls"] as const)(
    "goes over %s to a server whose certificate is trusted, with the password that it asks for",
    async (security) => {
      const { key, cert } = selfSigned("localhost");
      const mail = await server({
        ...{ key, cert, secure: security === "tls", authOptional: false },
        onAuth: ({ username, password }, _session, done) =>
          password === "right" ? done(null, { user: username }) : done(new Error("no")),
      });
      const as = (password: string) =>
        channel(mail.port, { host: "localhost", security, ca: cert, login: { user: "billing", password } });
      expect(await as("right").deliver(letter())).toEqual({ kind: "sent", reason: null });
      expect(mail.letters[0]).toMatchObject({ secure: true, user: "billing" });
      expect(await as("wrong").deliver(letter())).toEqual({ kind: "again", reason: "login_refused" });
      expect(mail.letters).toHaveLength(1);
    },
  );

  test("is not sent to a server whose certificate nobody vouches for, nor in the clear where TLS is insisted on", async () => {
    const [doubtful, plain] = [await server(selfSigned("localhost")), await server({ disabledCommands: ["STARTTLS"] })];
    for (const mail of [doubtful, plain]) {
      const outcome = await channel(mail.port, { security: "starttls", host: "localhost" }).deliver(letter());
      expect(outcome).toEqual({ kind: "again", reason: "unreachable" });
      expect(mail.letters).toEqual([]);
    }
  });
});

describe("what a mail server answers", () => {
  const answering = (stage: "onMailFrom" | "onRcptTo" | "onData", responseCode: number) =>
    server({
      disabledCommands: ["STARTTLS"],
      [stage]: (stream: NodeJS.ReadableStream, _session: unknown, done: (error: Error) => void) => {
        if (stage === "onData") stream.resume();
        const refuse = () => done(Object.assign(new Error("not this one"), { responseCode }));
        if (stage === "onData") stream.on("end", refuse);
        else refuse();
      },
    });
  test.each([
    ["onRcptTo", 550, "refused", "address_refused"],
    ["onRcptTo", 451, "again", "busy"],
    ["onMailFrom", 550, "refused", "sender_refused"],
    ["onMailFrom", 421, "again", "busy"],
    ["onData", 554, "refused", "message_refused"],
    ["onData", 452, "again", "busy"],
  ] as const)("at %s with %d means %s (%s)", async (stage, code, kind, reason) => {
    const mail = await answering(stage, code);
    expect(await channel(mail.port).deliver(letter())).toEqual({ kind, reason });
  });

  test("nothing, because nobody listens: it certainly has not arrived", async () => {
    const mail = await startMailServer();
    await mail.close();
    expect(await channel(mail.port).deliver(letter())).toEqual({ kind: "again", reason: "unreachable" });
  });

  test.each([
    ["the greeting", (socket: Socket) => socket.destroy(), "again"],
    ["the recipient", untilVerb("RCPT", (socket) => socket.destroy()), "again"],
    ["the body", untilVerb("DATA", (socket) => socket.destroy()), "again"],
    ["its last word, the body being with it", untilVerb("END", (socket) => socket.destroy()), "unknown"],
  ] as const)("nothing, because the line broke at %s", async (_where, talk, kind) => {
    const port = await badServer(talk);
    const outcome = await channel(port).deliver(letter());
    expect(outcome).toEqual({ kind, reason: kind === "unknown" ? "no_answer" : "unreachable" });
  });

  test("nothing for too long: before the body it may be tried again, after it nobody can tell", async () => {
    const quick = { timeoutMs: 150 };
    const early = await badServer(untilVerb("RCPT", () => undefined));
    expect(await channel(early, quick).deliver(letter())).toEqual({ kind: "again", reason: "timeout" });
    const late = await badServer(untilVerb("END", () => undefined));
    expect(await channel(late, quick).deliver(letter())).toEqual({ kind: "unknown", reason: "no_answer" });
  });
});
