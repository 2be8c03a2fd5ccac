import { expect, test } from "vitest";
import { totpCode, totpLink, totpSecretOf, totpStep } from "./totp";

// RFC 6238, appendix B: the ASCII secret "12345678901234567890", last six of the eight digits.
const secret = totpSecretOf(new TextEncoder().encode("12345678901234567890"));

test.each([
  [59, "287082"],
  [1111111109, "081804"],
  [1234567890, "005924"],
  [20000000000, "353130"],
])("at second %d the code is that of RFC 6238", (seconds, code) => {
  expect(totpCode(secret, seconds * 1000)).toBe(code);
  expect(totpStep(secret, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
});

test("a code is accepted one step late or early, named by its own step, and not two steps off", () => {
  const atMs = 1_800_000_000_000;
  const step = atMs / 30_000;
  const code = totpCode(secret, atMs);
  expect(totpStep(secret, code, atMs + 30_000)).toBe(step);
  expect(totpStep(secret, code, atMs - 30_000)).toBe(step);
  expect(totpStep(secret, code, atMs + 60_000)).toBeNull();
});

test("a code may be typed with a space, and letters are no code", () => {
  expect(totpStep(secret, "287 082", 59_000)).toBe(1);
  expect(totpStep(secret, "28708a", 59_000)).toBeNull();
  expect(totpStep(secret, "", 59_000)).toBeNull();
});

test("the link names the product, the login and the secret", () => {
  expect(totpLink(secret, "agent")).toBe(
    `otpauth://totp/Uzel:agent?issuer=Uzel&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
  );
});
