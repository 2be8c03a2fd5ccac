import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { call, People, refusalOf, signIn } from "./people";

let people: People;
test.beforeAll(() => {
  people = new People();
});
test.afterEach(() => people.forgetAttempts());
test.afterAll(() => people.close());

test("a mutation comes as JSON from our own pages, or not at all", async ({ request, baseURL }) => {
  const { phone } = await people.subscriber();
  await signIn(request, phone);
  const path = "/api/trpc/session.endOthers";
  expect((await request.post(path, { multipart: { a: "1" } })).status()).toBe(415);
  expect((await request.post(path, { form: { a: "1" } })).status()).toBe(415);
  expect((await request.post(path, { data: "{}", headers: { "content-type": "text/plain" } })).status()).toBe(415);
  expect((await request.get(path)).status()).toBe(405);
  expect((await request.post(`${path}?_method=GET`, { multipart: { a: "1" } })).status()).toBe(415);
  const foreign: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ];
  for (const headers of foreign) {
    expect((await call(request, "session.endOthers", undefined, headers)).status()).toBe(403);
  }
  const own = { origin: baseURL ?? "", "sec-fetch-site": "same-origin" };
  expect((await call(request, "session.endOthers", undefined, own)).status()).toBe(200);
});

test("five hundred mutations in one request are refused before the first of them runs", async ({ request }) => {
  const [mine, theirs] = [await people.subscriber(), await people.subscriber()];
  await signIn(request, mine.phone);
  const batch = (size: number) => {
    const paths = Array.from({ length: size }, () => "payments.start").join(",");
    const input = { json: { accountId: theirs.accountId, amountMinor: "50000", requestKey: randomUUID() } };
    return request.post(`/api/trpc/${paths}?batch=1`, {
      data: Object.fromEntries([...Array(size).keys()].map((key) => [key, input])),
    });
  };
  expect((await batch(11)).status()).toBe(400);
  expect((await batch(500)).status()).toBe(400);
});

test("a ten-megabyte body is refused, said or unsaid", async ({ request }) => {
  const { phone } = await people.subscriber();
  await signIn(request, phone);
  const long = { json: { sessionId: "x".repeat(10 * 1024 * 1024) } };
  expect((await call(request, "session.end", long)).status()).toBe(413);
});

test("another's account looks like one that is not there, to the letter", async ({ request }) => {
  const [mine, theirs] = [await people.subscriber(), await people.subscriber()];
  await signIn(request, mine.phone);
  const start = async (accountId: string) => {
    const json = { accountId, amountMinor: "50000", requestKey: randomUUID() };
    const answer = await call(request, "payments.start", { json, meta: { values: { amountMinor: ["bigint"] } } });
    return [answer.status(), withoutRequestId(await answer.text())];
  };
  const look = async (accountId: string) => {
    const input = encodeURIComponent(JSON.stringify({ json: { accountId } }));
    const answer = await request.get(`/api/trpc/cabinet.home?input=${input}`);
    return [answer.status(), withoutRequestId(await answer.text())];
  };
  for (const ask of [start, look]) {
    const [foreign, missing] = [await ask(theirs.accountId), await ask(randomUUID())];
    expect(foreign).toEqual(missing);
    expect(foreign[0]).toBe(404);
  }
  expect((await look(mine.accountId))[0]).toBe(200);
  const [{ count }] =
    (await people.sql`select count(*)::int as count from payments where account_id = ${theirs.accountId}`) as [
      { count: number },
    ];
  expect(count).toBe(0);
});

test("a page about what is another's answers 404, as one about what is not there", async ({ request }) => {
  const [mine, theirs] = [await people.subscriber(), await people.subscriber()];
  await signIn(request, theirs.phone);
  const json = { accountId: theirs.accountId, amountMinor: "50000", requestKey: randomUUID() };
  await call(request, "payments.start", { json, meta: { values: { amountMinor: ["bigint"] } } });
  const [row] = (await people.sql`
    select s.id as subscription, p.id as payment from subscriptions s join payments p on p.account_id = s.account_id
    where s.account_id = ${theirs.accountId}`) as { subscription: string; payment: string }[];
  if (!row) throw new Error("the other subscriber has nothing");
  await signIn(request, mine.phone);
  const lists = ["", "/services", "/documents", "/statement", "/profile", "/pause", "/pay"];
  const pages = (account: string, subscription: string, payment: string) => [
    ...lists.map((path) => `/my${path}?account=${account}`),
    `/my/services/tariff?account=${account}&subscription=${subscription}`,
    `/my/services/tariff?subscription=${subscription}`,
    `/my/usage?subscription=${subscription}&from=2026-01-01&to=2026-02-01`,
    `/my/documents/${payment}?account=${account}`,
    `/my/documents/${payment}`,
    `/my/pay/${payment}`,
  ];
  const foreign = pages(theirs.accountId, row.subscription, row.payment);
  const missing = pages(randomUUID(), randomUUID(), randomUUID());
  const malformed = pages("%D1%87%D1%83%D0%B6%D0%BE%D0%B9%0A", "1", "1");
  for (const path of [...foreign, ...missing, ...malformed]) {
    const answer = await request.get(path);
    expect(answer.status(), path).toBe(404);
    expect(await answer.text(), path).toContain("Такой страницы нет");
  }
  for (const path of lists) {
    expect((await request.get(`/my${path}?account=${mine.accountId}`)).status(), path).toBe(200);
    expect((await request.get(`/my${path}`)).status(), path).toBe(200);
  }
});

test("hostile input is refused in words, never with a stack or a query", async ({ request }) => {
  const { phone } = await people.subscriber();
  await signIn(request, phone);
  const hostile = [
    "{",
    "null",
    "[]",
    '{"json":{"sessionId":{"$gt":""}}}',
    '{"json":{"sessionId":"\' or 1=1 --"}}',
    '{"json":{"__proto__":{"sessionId":"x"}},"meta":{"values":{"__proto__.polluted":["Date"]}}}',
    `{"json":{"sessionId":"${"\\u0000".repeat(10)}"}}`,
  ];
  for (const body of hostile) {
    const answer = await request.post("/api/trpc/session.end", {
      data: Buffer.from(body),
      headers: { "content-type": "application/json" },
    });
    expect(answer.status(), body).toBe(400);
    expect(await answer.text()).not.toMatch(/\bat \/|node_modules|select |insert |ZodError|stack/i);
  }
});

test("a page asks who one is before it shows anything", async ({ playwright, baseURL, request }) => {
  const visitor = await playwright.request.newContext({ baseURL });
  const where = async (who: typeof request, path: string) => {
    const answer = await who.get(path, { maxRedirects: 0 });
    return [answer.status(), answer.headers().location];
  };
  expect(await where(visitor, "/my")).toEqual([307, "/login?next=%2Fmy"]);
  expect(await where(visitor, "/analytics")).toEqual([307, "/login?next=%2Fanalytics"]);
  const { phone } = await people.subscriber();
  await signIn(request, phone);
  for (const path of ["/analytics", "/links", "/crm"]) expect(await where(request, path)).toEqual([307, "/forbidden"]);
  const agent = await playwright.request.newContext({ baseURL });
  await signIn(agent, await people.staff("support_agent"));
  expect(await where(agent, "/my")).toEqual([307, "/forbidden"]);
  expect(await where(agent, "/analytics")).toEqual([307, "/forbidden"]);
  await Promise.all([visitor.dispose(), agent.dispose()]);
});

test("every answer carries the headers that a browser guards by", async ({ request }) => {
  const headers = (await request.get("/login")).headers();
  expect(headers["content-security-policy"]).toMatch(/script-src 'self' 'nonce-[\w+/=-]+' 'strict-dynamic'/);
  expect(headers["content-security-policy"]).not.toMatch(/script-src[^;]*unsafe/);
  expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "DENY" });
  expect(headers["x-powered-by"]).toBeUndefined();
  expect((await request.get("/api/trpc/session.current")).headers()["cache-control"]).toBe("no-store");
});

test("health says how things are and keeps what is secret", async ({ request }) => {
  const answer = await request.get("/api/health");
  expect(answer.status()).toBe(200);
  const health = await answer.json();
  expect(health).toMatchObject({ web: "up", database: "up", migrations: { current: true } });
  expect(health.worker.alive).toBeGreaterThan(0);
  expect(JSON.stringify(health)).not.toMatch(/postgres|password|secret|uzel_app|\/tmp|localhost/i);
});

function withoutRequestId(text: string): string {
  return text.replace(/"requestId":"[^"]+"/, "");
}

test("NUL in an address, a call or a login is refused as malformed or unknown, never a fault of ours", async ({
  request,
}) => {
  const email = await people.staff("support_agent");
  await signIn(request, email);
  expect((await request.get("/crm/export?q=%00")).status()).toBe(400);
  expect((await request.get("/crm?q=a%00b")).status()).toBe(400);
  expect((await call(request, "session.end", { json: { sessionId: "a\u0000b" } })).status()).toBe(400);
  const refused = await signIn(request, "nul\u0000l", "wrong");
  expect(await refusalOf(refused)).toBe("session.wrong_credentials");
});

test("the web server listens on this machine's own address and no other", () => {
  const port = Number(new URL(process.env.UZEL_E2E_URL ?? "").port)
    .toString(16)
    .toUpperCase()
    .padStart(4, "0");
  const LISTENS = "0A";
  const addresses = ["/proc/net/tcp", "/proc/net/tcp6"]
    .flatMap((file) => readFileSync(file, "utf8").trim().split("\n").slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local = "", , state]) => local.endsWith(`:${port}`) && state === LISTENS)
    .map(([, local = ""]) => local.split(":")[0]);
  expect(addresses).toEqual(["0100007F"]);
});
