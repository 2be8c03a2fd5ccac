import { encode } from "next-auth/jwt";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

const SECRET = "a secret that is long enough to sign";

beforeEach(() => {
  vi.resetModules();
  vi.stubEnv("NEXTAUTH_SECRET", SECRET);
});
afterEach(() => {
  vi.unstubAllEnvs();
  // What was read under another environment must not reach the next file of this worker.
  vi.resetModules();
});

async function cookieModule(publicUrl: string) {
  vi.stubEnv("UZEL_PUBLIC_URL", publicUrl);
  return import("./session-cookie");
}

test("over https a browser takes the cookie from this very host alone", async () => {
  const { SESSION_COOKIE, COOKIE_OPTIONS } = await cookieModule("https://my.operator.example");
  expect(SESSION_COOKIE).toBe("__Host-uzel.session");
  expect(COOKIE_OPTIONS).toEqual({ httpOnly: true, sameSite: "lax", path: "/", secure: true });
});

test("the cookie gives its session id back, and only when we signed it", async () => {
  const { sessionIdOf } = await cookieModule("http://localhost:3000");
  const cookie = async (secret: string) => {
    const token = await encode({ token: { sid: "01890a5d-ac96-774b-bcce-b302099a8057" }, secret });
    return new Headers({ cookie: `a=1; uzel.session=${token}; b=2` });
  };
  expect(await sessionIdOf(await cookie(SECRET))).toBe("01890a5d-ac96-774b-bcce-b302099a8057");
  expect(await sessionIdOf(await cookie("another secret, as long as ours is"))).toBeNull();
  expect(await sessionIdOf(new Headers({ cookie: "uzel.session=x" }))).toBeNull();
  expect(await sessionIdOf(new Headers())).toBeNull();
});
