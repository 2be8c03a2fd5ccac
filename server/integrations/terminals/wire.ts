import iconv from "iconv-lite";
import type { TerminalProtocol } from "@/server/domain/payments/constants";
import type { TerminalAnswer, TerminalWords } from "@/server/domain/payments/ports";
import { isDay, timeOn } from "@/server/kernel/day";
import { PROTOCOL_ZONE, type TerminalDialect } from "./dialect";
import { osmp } from "./osmp";
import { sberbank } from "./sberbank";

const DIALECTS: Readonly<Record<TerminalProtocol, TerminalDialect>> = { osmp, sberbank };

/** The dialect of a path's last part; null when nobody speaks it. */
export function dialectOf(name: string): TerminalDialect | null {
  return Object.hasOwn(DIALECTS, name) ? DIALECTS[name as TerminalProtocol] : null;
}

/** Longer than any request of these protocols, far shorter than what would be worth reading. */
const LONGEST = 2_048;

/**
 * Parameters by their meaning from what a request carries, URL-encoded bytes of the dialect's letters; parameters that the
 * protocol does not have are left unread. One that comes twice, in whatever case, and a request that is too long or cannot be
 * decoded leave nothing that could be relied on. `encoded` is null when the body was not of the protocol's form.
 */
export function readWords(dialect: TerminalDialect, encoded: readonly (string | null)[]): TerminalWords {
  const found = new Map<string, string>();
  let malformed = encoded.some((text) => text === null || text.length > LONGEST);
  const pairs = malformed ? [] : encoded.flatMap((text) => (text ?? "").split("&")).filter(Boolean);
  const names = new Set(Object.values(dialect.parameters).map((name) => name.toLowerCase()));
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    const name = decode(at < 0 ? pair : pair.slice(0, at), dialect).toLowerCase();
    if (!names.has(name)) continue;
    if (found.has(name)) malformed = true;
    else found.set(name, at < 0 ? "" : decode(pair.slice(at + 1), dialect));
  }
  const { parameters } = dialect;
  const said = (name: keyof typeof parameters) => found.get(parameters[name].toLowerCase()) ?? null;
  const command = said("command");
  return {
    malformed,
    command: command !== null && Object.hasOwn(dialect.commands, command) ? (dialect.commands[command] ?? null) : null,
    txnId: said("txnId"),
    account: said("account"),
    sum: said("sum"),
    paidAt: readDate(dialect, said("paidAt")),
    mustHaveDate: dialect.mustHaveDate,
  };
}

/** Bytes that are no letters of the dialect become U+FFFD, which no account, id or sum holds. */
function decode(text: string, { encoding }: TerminalDialect): string {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const escaped = /^%([0-9a-f]{2})/i.exec(text.slice(at, at + 3));
    if (escaped?.[1]) {
      bytes.push(Number.parseInt(escaped[1], 16));
      at += 2;
    } else if (text[at] === "+") bytes.push(0x20);
    else bytes.push(...Buffer.from(text[at] ?? "", "utf8"));
  }
  return iconv.decode(Buffer.from(bytes), encoding, { stripBOM: false });
}

function readDate({ date }: TerminalDialect, text: string | null): TerminalWords["paidAt"] {
  if (text === null || text === "") return null;
  const { year, month, day, hours = "", minutes = "", seconds = "" } = date.exec(text)?.groups ?? {};
  const on = `${year}-${month}-${day}`;
  if (!isDay(on) || hours > "23" || minutes > "59" || seconds > "59") return "unreadable";
  return timeOn(on, `${hours}:${minutes}:${seconds}`, PROTOCOL_ZONE);
}

/** The answer in the dialect's codes, words and letters. What it holds of the request is digits alone. */
export function writeAnswer(dialect: TerminalDialect, answer: TerminalAnswer): { type: string; body: Uint8Array } {
  const [code, words] = dialect.answers[answer.outcome];
  const elements = dialect
    .elements(answer, code, words)
    .flatMap(([name, text]) => (text === null ? [] : [`<${name}>${escapeXml(text)}</${name}>`]));
  const xml = `<?xml version="1.0" encoding="${dialect.encoding.toUpperCase()}"?>\n<response>${elements.join("")}</response>\n`;
  return { type: `text/xml; charset=${dialect.encoding}`, body: new Uint8Array(iconv.encode(xml, dialect.encoding)) };
}

const escapeXml = (text: string) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
