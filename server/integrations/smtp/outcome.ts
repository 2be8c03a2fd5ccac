import type { DeliveryOutcome } from "@/server/domain/notifications/ports";

interface SmtpError {
  readonly code?: unknown;
  readonly responseCode?: unknown;
  readonly command?: unknown;
}

/** What a lasting refusal is about, by the command that met it; of any other, the server is not one to talk to yet. */
const ABOUT: Readonly<Record<string, DeliveryOutcome["reason"]>> = {
  "MAIL FROM": "sender_refused",
  "RCPT TO": "address_refused",
  DATA: "message_refused",
};

const again = (reason: DeliveryOutcome["reason"]): DeliveryOutcome => ({ kind: "again", reason });
const refused = (reason: DeliveryOutcome["reason"]): DeliveryOutcome => ({ kind: "refused", reason });

/**
 * What an error of the conversation means for the letter (RFC 5321 §4.2.1): 5yz is for ever, 4yz is for now, and a line that
 * broke after the body was sent and before the server answered is neither. Nothing of the error itself goes on: its message
 * repeats the recipient.
 */
export function outcomeOf(error: unknown, bodyRead: boolean): DeliveryOutcome {
  const { code, responseCode, command } = (error ?? {}) as SmtpError;
  if (typeof responseCode === "number") {
    if (responseCode < 500 || responseCode === 503) return again("busy");
    // A wrong password is put right by the operator, not by the subscriber: the letter waits.
    if (code === "EAUTH") return again("login_refused");
    const about = ABOUT[String(command)];
    return about ? refused(about) : again("unreachable");
  }
  if (bodyRead) return { kind: "unknown", reason: "no_answer" };
  if (code === "EAUTH") return again("login_refused");
  if (code === "EENVELOPE") return refused("address_refused");
  return again(code === "ETIMEDOUT" ? "timeout" : "unreachable");
}
