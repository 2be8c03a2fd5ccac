import { expect, test } from "@playwright/test";
import { call, PASSWORD, People, refusalOf, signIn } from "./people";

let people: People;
test.beforeAll(() => {
  people = new People();
});
test.afterEach(() => people.forgetAttempts());
test.afterAll(() => people.close());

test("the session cookie is out of scripts' reach, stays at home, and tells a browser nothing", async ({
  request,
  baseURL,
}) => {
  const { phone } = await people.subscriber();
  const response = await signIn(request, phone);
  expect(response.status()).toBe(200);
  const cookie = response
    .headersArray()
    .filter(({ name }) => name.toLowerCase() === "set-cookie")
    .map(({ value }) => value)
    .find((value) => value.startsWith("uzel.session="));
  expect(cookie).toContain("; HttpOnly");
  expect(cookie).toContain("; SameSite=Lax");
  expect(cookie).toContain("; Path=/");
  expect(cookie).not.toContain("Domain=");
  const [, token = ""] = /uzel\.session=([^;]+)/.exec(cookie ?? "") ?? [];
  expect(Buffer.from(token.split(".")[0] ?? "", "base64url").toString()).toContain('"enc":"A256GCM"');
  const shown = await (await request.get("/api/auth/session")).json();
  expect(Object.keys(shown)).toEqual(["expires"]);
  expect(baseURL).toContain("localhost");
});

test("an unknown login and a wrong password are answered alike to the letter", async ({ request }) => {
  const { phone } = await people.subscriber();
  const [wrong, unknown] = [await signIn(request, phone, "wrong"), await signIn(request, "nobody@uzel.test", "wrong")];
  expect([wrong.status(), await wrong.text()]).toEqual([unknown.status(), await unknown.text()]);
  expect(await refusalOf(wrong)).toBe("session.wrong_credentials");
});

test("ten wrong passwords close the login, whatever address the sender claims", async ({ request }) => {
  const { phone } = await people.subscriber();
  for (let index = 0; index < 10; index += 1) {
    const answer = await signIn(request, phone, "wrong", {
      "x-forwarded-for": `203.0.113.${index}`,
      "x-uzel-peer": "1.1.1.1",
    });
    expect(await refusalOf(answer)).toBe("session.wrong_credentials");
  }
  expect(await refusalOf(await signIn(request, phone))).toBe("session.too_many_attempts:15");
  // The claimed addresses were not believed, and whoever else sits at the true one is not locked out.
  expect(await refusalOf(await signIn(request, phone, PASSWORD, { "x-forwarded-for": "203.0.113.99" }))).toContain(
    "session.too_many_attempts",
  );
  const { phone: other } = await people.subscriber();
  expect((await signIn(request, other)).status()).toBe(200);
  await people.forgetAttempts();
  expect((await signIn(request, phone)).status()).toBe(200);
  const rows =
    await people.sql`select distinct address from sessions where address like '203.0.113.%' or address = '1.1.1.1'`;
  expect(rows).toEqual([]);
});

test("a form of another site does not sign anybody in", async ({ request }) => {
  const { phone } = await people.subscriber();
  const evil = { origin: "https://evil.example" };
  expect((await signIn(request, phone, PASSWORD, evil)).status()).toBe(403);
  expect((await signIn(request, phone, PASSWORD, { "sec-fetch-site": "cross-site" })).status()).toBe(403);
  const untold = await request.post("/api/auth/callback/credentials", {
    form: { identifier: phone, password: PASSWORD, json: "true" },
  });
  expect(untold.headers()["set-cookie"] ?? "").not.toContain("uzel.session=");
  expect((await call(request, "session.endOthers", undefined)).status()).toBe(401);
});

test("signing out ends the session itself: a copied cookie is worth nothing", async ({
  playwright,
  baseURL,
  request,
}) => {
  const { phone } = await people.subscriber();
  await signIn(request, phone);
  const copy = await playwright.request.newContext({ baseURL, storageState: await request.storageState() });
  expect((await copy.get("/api/trpc/session.current")).status()).toBe(200);
  const out = await request.post("/api/sign-out", { maxRedirects: 0 });
  expect([out.status(), out.headers().location]).toEqual([303, "/login"]);
  expect((await copy.get("/api/trpc/session.current")).status()).toBe(401);
  const page = await copy.get("/my", { maxRedirects: 0 });
  expect(page.headers().location).toBe("/login?ended=1&next=%2Fmy");
  await copy.dispose();
});

test("a session revoked from another device is refused at its next request", async ({
  playwright,
  baseURL,
  request,
}) => {
  const { phone } = await people.subscriber();
  const other = await playwright.request.newContext({ baseURL });
  await signIn(request, phone);
  await signIn(other, phone);
  expect((await other.get("/api/trpc/session.current")).status()).toBe(200);
  expect((await call(request, "session.endOthers", undefined)).status()).toBe(200);
  expect((await other.get("/api/trpc/session.current")).status()).toBe(401);
  expect((await request.get("/api/trpc/session.current")).status()).toBe(200);
  await other.dispose();
});

test("a cookie that we did not write is nobody's", async ({ request }) => {
  for (const forged of ["eyJhbGciOiJub25lIn0.eyJzaWQiOiIxIn0.", "x", "00000000-0000-7000-8000-000000000000"]) {
    const answer = await request.get("/api/trpc/session.current", { headers: { cookie: `uzel.session=${forged}` } });
    expect(answer.status()).toBe(401);
  }
});

test("after signing in nobody is led to another site", async ({ request, baseURL }) => {
  const { phone } = await people.subscriber();
  await signIn(request, phone);
  for (const next of ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]) {
    const answer = await request.get(`/login?next=${encodeURIComponent(next)}`, { maxRedirects: 0 });
    const lands = new URL(answer.headers().location ?? "", baseURL);
    expect([lands.origin, lands.pathname]).toEqual([new URL(baseURL ?? "").origin, "/my"]);
  }
});
