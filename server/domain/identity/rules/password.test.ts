import { expect, test } from "vitest";
import { PASSWORD_BYTES, passwordOf } from "./password";

test("a password is four groups of four letters that cannot be misread, another for other bytes", () => {
  const from = (seed: number) =>
    passwordOf(Uint8Array.from({ length: PASSWORD_BYTES }, (_, at) => (at * 7 + seed) % 256));
  expect(from(0)).toMatch(/^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/);
  expect(from(1)).not.toBe(from(0));
});

test("bytes that would favour some letters are passed over, and too few of the others are refused", () => {
  expect(passwordOf(Uint8Array.from([255, 250, ...Array(16).fill(0)]))).toBe("aaaa-aaaa-aaaa-aaaa");
  expect(() => passwordOf(Uint8Array.from(Array(64).fill(255)))).toThrow(/too few/);
});
