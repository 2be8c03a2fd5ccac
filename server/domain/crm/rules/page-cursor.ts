import { DomainError } from "@/server/kernel/errors";

/** Where a page of accounts begins or ends: the sorted value, the id that breaks ties, and the row's place from 1. */
export interface PageCursor {
  readonly value: string;
  readonly id: string;
  readonly place: number;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function writeCursor({ value, id, place }: PageCursor): string {
  return Buffer.from(JSON.stringify([value, id, place])).toString("base64url");
}

/** Throws `invalid` (`page.malformed`) on anything that `writeCursor` did not write. */
export function readCursor(text: string): PageCursor {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    throw malformed();
  }
  if (!Array.isArray(parts)) throw malformed();
  const [value, id, place]: unknown[] = parts;
  if (typeof value !== "string" || typeof id !== "string" || !UUID.test(id)) throw malformed();
  if (typeof place !== "number" || !Number.isSafeInteger(place) || place < 1) throw malformed();
  return { value, id, place };
}

const malformed = () => new DomainError("invalid", "page.malformed");
