/** Why a request is turned away before anything reads it. */
export interface Rejection {
  readonly status: 403 | 413 | 415;
  readonly reason: "request.cross_site" | "request.too_large" | "media_type.not_supported";
}

const crossSite: Rejection = { status: 403, reason: "request.cross_site" };
const tooLarge: Rejection = { status: 413, reason: "request.too_large" };
const wrongType: Rejection = { status: 415, reason: "media_type.not_supported" };

/**
 * A page of another site may make a browser send things with our cookie. Browsers say where a request comes from in
 * Sec-Fetch-Site and Origin; what carries neither is not a browser and has no cookie to abuse.
 */
export function crossSiteRejection(headers: Headers, ownOrigin: string): Rejection | null {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") return crossSite;
  const origin = headers.get("origin");
  if (origin === null) return null;
  return origin === ownOrigin || hostOf(origin) === headers.get("host") ? null : crossSite;
}

/** Null when the body is of one of these types and says it is short enough. */
export function bodyRejection(headers: Headers, types: readonly string[], maxBytes: number): Rejection | null {
  const type = (headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (!types.includes(type)) return wrongType;
  const length = headers.get("content-length");
  return length !== null && !(Number(length) <= maxBytes) ? tooLarge : null;
}

/** The body as text, or a rejection as soon as it grows past the limit, whatever its length header said. */
export async function readBody(request: Request, maxBytes: number): Promise<string | Rejection> {
  const bytes = await readBytes(request, maxBytes);
  return Buffer.isBuffer(bytes) ? bytes.toString("utf8") : bytes;
}

/** The same, before anyone says what the bytes mean. */
export async function readBytes(request: Request, maxBytes: number): Promise<Buffer | Rejection> {
  if (!request.body) return Buffer.alloc(0);
  const reader = request.body.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      return tooLarge;
    }
    parts.push(part.value);
  }
  return Buffer.concat(parts);
}

/** What JSON allows and a text or jsonb column does not: NUL, and halves of surrogate pairs. */
const UNSTORABLE = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

/** Whether the database can hold every text in a value as it is. */
export function isStorable(value: unknown): boolean {
  const text = JSON.stringify(value, (_key, item: unknown) => (typeof item === "bigint" ? `${item}` : item));
  // A backslash that somebody typed is written twice and escapes nothing.
  return !UNSTORABLE.test(text?.replaceAll("\\\\", "") ?? "");
}

export function rejectionResponse({ status, reason }: Rejection): Response {
  return Response.json({ error: { reason } }, { status, headers: { "cache-control": "no-store" } });
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}
