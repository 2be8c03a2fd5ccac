import type { IncomingMessage, ServerResponse } from "node:http";
import { FakeRefusal } from "./payments";

const MAX_BODY_BYTES = 262_144;

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new FakeRefusal(400, "invalid_request", "Body is too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

export async function readJson(request: IncomingMessage): Promise<unknown> {
  try {
    return JSON.parse(await readBody(request));
  } catch (error) {
    if (error instanceof FakeRefusal) throw error;
    throw new FakeRefusal(400, "invalid_request", "Body is not JSON");
  }
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}

/** `returnUrl` may be visited from the page: browsers hold a form's redirect to the page's own policy. */
export function sendPage(response: ServerResponse, status: number, html: string, returnUrl?: string): void {
  const target = returnUrl ? ` ${new URL(returnUrl).origin}` : "";
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "content-security-policy": `default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; form-action 'self'${target}; base-uri 'none'; frame-ancestors 'none'`,
  });
  response.end(html);
}
