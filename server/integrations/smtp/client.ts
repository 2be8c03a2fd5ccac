import { Readable } from "node:stream";
import MailComposer from "nodemailer/lib/mail-composer";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { ChannelPort, Delivery } from "@/server/domain/notifications/ports";
import { outcomeOf } from "./outcome";

export interface SmtpOptions {
  readonly host: string;
  readonly port: number;
  readonly security: "starttls" | "tls" | "none";
  readonly login: { readonly user: string; readonly password: string } | null;
  /** Whom letters are from. */
  readonly from: string;
  /** Trusted beside the well-known ones, for a server with a certificate of its own. */
  readonly ca?: string;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 20_000;

/**
 * Letters over SMTP, one connection each. The library's mail transport says that something went wrong, but not whether the
 * message was out by then; so its parts are driven here: the body is a stream that knows whether it was ever read.
 */
export function createSmtpChannel(options: SmtpOptions): ChannelPort {
  return {
    carrier: "smtp",
    async deliver(message) {
      const progress = { bodyRead: false };
      try {
        await converse(options, message, progress);
        return { kind: "sent", reason: null };
      } catch (error) {
        return outcomeOf(error, progress.bodyRead);
      }
    },
  };
}

async function converse(options: SmtpOptions, message: Delivery, progress: { bodyRead: boolean }): Promise<void> {
  const raw = await build(options.from, message);
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const connection = new SMTPConnection({
    host: options.host,
    port: options.port,
    secure: options.security === "tls",
    requireTLS: options.security === "starttls",
    ignoreTLS: options.security === "none",
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    logger: false,
    ...(options.ca && { tls: { ca: options.ca } }),
  });
  const broken = new Promise<never>((_, reject) => connection.once("error", reject));
  // Nobody may be waiting for it when the line breaks after the last answer.
  broken.catch(() => undefined);
  const asked = <T>(ask: (done: (error?: Error | null, answer?: T) => void) => void) =>
    Promise.race([
      broken,
      new Promise<T | undefined>((resolve, reject) =>
        ask((error, answer) => (error ? reject(error) : resolve(answer))),
      ),
    ]);
  try {
    await asked((done) => connection.connect(done));
    const { login } = options;
    if (login) {
      await asked((done) => connection.login({ credentials: { user: login.user, pass: login.password } }, done));
    }
    await asked((done) => connection.send({ from: options.from, to: [message.to] }, watched(raw, progress), done));
    connection.quit();
  } finally {
    connection.close();
  }
}

/** The Message-ID is the message's own key: a letter tried twice is one letter to whoever looks at it. */
function build(from: string, { key, to, subject, text }: Delivery): Promise<Buffer> {
  const composer = new MailComposer({
    ...{ from, to, subject, text },
    messageId: `<${key}@${from.slice(from.lastIndexOf("@") + 1)}>`,
    headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** Read by the connection once the server has asked for the body, and not before. */
function watched(raw: Buffer, progress: { bodyRead: boolean }): Readable {
  let left: Buffer | null = raw;
  return new Readable({
    highWaterMark: 0,
    read() {
      progress.bodyRead = true;
      this.push(left);
      if (left !== null) {
        left = null;
        this.push(null);
      }
    },
  });
}
