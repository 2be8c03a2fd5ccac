import { createTRPCClient, httpLink } from "@trpc/client";
import { tracked } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import superjson from "superjson";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { rateLimits } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import type { WebContext } from "@/server/auth/web-context";
import { DomainError } from "@/server/kernel/errors";
import { handleTrpc } from "../adapter";
import { protectedProcedure, router } from "../trpc";
import { trpcWorld } from "./trpc-world";

let database: TestDatabase;
let agent: WebContext;
let visitor: WebContext;

beforeAll(async () => {
  database = await testDatabase();
  const world = trpcWorld(database);
  agent = await world.signedIn("support_agent");
  visitor = world.visitor();
});
afterAll(() => database.close());

const ORIGIN = "http://localhost:3000";

function call(path: string, init: RequestInit & { headers?: Record<string, string> } = {}, as = agent) {
  const headers = { host: "localhost:3000", ...init.headers };
  return handleTrpc(new Request(`${ORIGIN}/api/trpc/${path}`, { ...init, headers }), async () => as);
}
const json = { "content-type": "application/json" };
const post = (path: string, headers: Record<string, string>, body: BodyInit = "{}") =>
  call(path, { method: "POST", headers, body });

describe("what is turned away before a procedure runs", () => {
  test("a mutation sent as a form, which a page of another site could send without asking", async () => {
    const form = new FormData();
    form.set("0", "{}");
    expect((await post("session.endOthers", {}, form)).status).toBe(415);
    expect((await post("session.endOthers", { "content-type": "text/plain" })).status).toBe(415);
    expect(
      (await post("session.endOthers", { "content-type": "application/x-www-form-urlencoded" }, "a=1")).status,
    ).toBe(415);
    expect(
      (await post("session.endOthers", { ...json, "content-type": "application/json; charset=utf-8" })).status,
    ).toBe(200);
  });

  test.each([
    [{ origin: "https://evil.example" }, 403],
    [{ origin: "null" }, 403],
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ "sec-fetch-site": "same-site" }, 403],
    [{ origin: "https://evil.example", "sec-fetch-site": "same-origin" }, 403],
    [{ origin: ORIGIN, "sec-fetch-site": "same-origin" }, 200],
    [{ origin: ORIGIN }, 200],
    [{}, 200],
  ] as const)("a call that says it comes from %j is answered %d", async (headers, status) => {
    expect((await post("session.endOthers", { ...json, ...headers })).status).toBe(status);
  });

  test("more than ten calls in one request", async () => {
    const batch = (size: number) => {
      const paths = Array.from({ length: size }, () => "session.endOthers").join(",");
      return post(`${paths}?batch=1`, json, "{}");
    };
    expect((await batch(10)).status).toBe(200);
    expect((await batch(11)).status).toBe(400);
    expect((await batch(500)).status).toBe(400);
  });

  test("a long body, whether or not it says how long it is", async () => {
    const long = "x".repeat(300 * 1024);
    expect((await post("session.endOthers", json, long)).status).toBe(413);
    const stream = new ReadableStream({
      start(controller) {
        for (let index = 0; index < 5; index += 1) controller.enqueue(new TextEncoder().encode("x".repeat(64 * 1024)));
        controller.close();
      },
    });
    const init = { method: "POST", headers: json, body: stream, duplex: "half" };
    expect((await call("session.endOthers", init as RequestInit & { headers: Record<string, string> })).status).toBe(
      413,
    );
  });

  test("a mutation asked for by GET", async () => {
    expect((await call("session.endOthers")).status).toBe(405);
  });
});

describe("what a caller is told", () => {
  const bodyOf = async (response: Response) => JSON.parse(await response.text());

  test("a visitor is asked to sign in, with the reason, and no answer may be cached", async () => {
    const response = await call("session.current", {}, visitor);
    expect(response.status).toBe(401);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect((await bodyOf(response)).error.json).toMatchObject({
      message: "access.sign_in_first",
      data: { kind: "unauthenticated", reason: "access.sign_in_first", details: {}, requestId: visitor.requestId },
    });
  });

  test("malformed input is named field by field, malformed JSON without an echo", async () => {
    const wrong = await bodyOf(await post("session.end", json, JSON.stringify({ json: { sessionId: "1" } })));
    expect(wrong.error.json.data).toMatchObject({ kind: "invalid", fields: { sessionId: "invalid_format" } });
    const broken = await post("session.end", json, "{secret");
    expect(broken.status).toBe(400);
    expect(await broken.text()).not.toMatch(/secret|SyntaxError|stack/);
  });

  test("a foreign session and a missing one read the same", async () => {
    const other = await trpcWorld(database).signedIn("manager");
    const foreign = other.actor.kind === "user" ? other.actor.sessionId : null;
    const answers = await Promise.all(
      [foreign, agent.newId()].map(async (sessionId) => {
        const response = await post("session.end", json, JSON.stringify({ json: { sessionId } }));
        return [response.status, await response.text()];
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.[0]).toBe(404);
  });
});

describe("the way procedures are made", () => {
  const secret = "+79123456741";
  const sample = router({
    boom: protectedProcedure("staff:home").query(() => {
      throw new Error(`Failed query: insert into customers params: ${secret}`);
    }),
    refuse: protectedProcedure("staff:home").query(() => {
      throw new DomainError("precondition", "payment.too_late", { minutes: 3 });
    }),
    parse: protectedProcedure("staff:home").query(() => z.object({ amountMinor: z.bigint() }).parse({})),
    sum: protectedProcedure("staff:home").query(() => ({ amountMinor: 9_007_199_254_740_993n, at: new Date(0) })),
    cabinet: protectedProcedure("cabinet:home").query(() => "mine"),
    press: protectedProcedure("staff:home").mutation(() => "pressed"),
    watch: protectedProcedure("staff:home").subscription(async function* () {
      yield tracked("7", { amountMinor: 5n });
    }),
    lose: protectedProcedure("staff:home").subscription(async function* () {
      yield tracked("1", {});
      throw new DomainError("not_found", "account.not_found");
    }),
    echo: protectedProcedure("staff:home")
      .input(z.object({ text: z.string() }))
      .query(({ input }) => input.text),
  });
  const ask = (path: string, init: RequestInit = {}, as = agent) =>
    fetchRequestHandler({
      endpoint: "/api/trpc",
      req: new Request(`${ORIGIN}/api/trpc/${path}`, init),
      router: sample,
      createContext: () => as,
    });

  test("an error nobody threw on purpose shows neither its message nor its stack", async () => {
    const response = await ask("boom");
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).toContain('"reason":"unexpected"');
    expect(text).not.toContain(secret);
    expect(text).not.toMatch(/Failed query|stack|\.ts:/);
  });

  test("a verb's refusal keeps its reason and details, and its kind becomes the status", async () => {
    const response = await ask("refuse");
    expect(response.status).toBe(412);
    expect(JSON.parse(await response.text()).error.json.data).toMatchObject({
      kind: "precondition",
      reason: "payment.too_late",
      details: { minutes: 3 },
    });
  });

  test("input that a verb refuses reads as malformed input, not as our mistake", async () => {
    expect((await ask("parse")).status).toBe(400);
  });

  test("the role is checked before anything runs", async () => {
    expect((await ask("cabinet")).status).toBe(403);
    expect((await ask("cabinet", {}, visitor)).status).toBe(401);
  });

  test("kopecks beyond the reach of a JavaScript number arrive whole", async () => {
    const client = createTRPCClient<typeof sample>({
      links: [
        httpLink({
          url: `${ORIGIN}/api/trpc`,
          transformer: superjson,
          fetch: (url, init) => ask(String(url).split("/api/trpc/")[1] ?? "", init as RequestInit),
        }),
      ],
    });
    expect(await client.sum.query()).toEqual({ amountMinor: 9_007_199_254_740_993n, at: new Date(0) });
  });

  test("a stream sends each thing with its id, so that a reader can go on from there", async () => {
    const response = await ask("watch");
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const reader = response.body?.getReader();
    let text = "";
    while (reader && !text.includes("id: 7")) {
      const part = await reader.read();
      if (part.done) break;
      text += new TextDecoder().decode(part.value);
    }
    await reader?.cancel();
    expect(text).toMatch(/"bigint"[\s\S]*id: 7/);
  });

  test("a stream that refuses says so as any call does: the status is of the kind", async () => {
    const text = await (await ask("lose")).text();
    const [, data = ""] = /event: serialized-error\ndata: (.*)/.exec(text) ?? [];
    expect(JSON.parse(data).json.data).toMatchObject({
      code: "NOT_FOUND",
      httpStatus: 404,
      kind: "not_found",
      reason: "account.not_found",
    });
  });

  test.each(["a\u0000b", "half \ud83d of a face"])(
    "text that no column can hold is malformed input: %j",
    async (text) => {
      const echo = (said: string) => ask(`echo?input=${encodeURIComponent(JSON.stringify({ json: { text: said } }))}`);
      expect((await echo(text)).status).toBe(400);
      expect((await echo("a \\u0000 that somebody typed, and a whole 😀")).status).toBe(200);
    },
  );

  test("one person pressing without end is asked to wait, whatever the batch", async () => {
    await database.db.delete(rateLimits);
    const init = { method: "POST", headers: json, body: "{}" };
    const statuses: number[] = [];
    for (let index = 0; index < 122; index += 1) statuses.push((await ask("press", init)).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(120);
    expect(statuses.at(-1)).toBe(429);
    expect((await ask("sum")).status).toBe(200);
  });
});
