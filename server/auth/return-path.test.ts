import { expect, test } from "vitest";
import { loginPath, safeReturnPath } from "./return-path";

test.each([
  ["/my/top-up", "/my/top-up"],
  ["/my?month=2026-11", "/my?month=2026-11"],
  ["//evil.example", null],
  ["/\\evil.example", null],
  ["https://evil.example", null],
  ["javascript:alert(1)", null],
  ["/\t/evil.example", null],
  ["/api/auth/signout", null],
  ["/login?next=/login", null],
  ["my", null],
  ["", null],
  [null, null],
])("after signing in, «%s» leads to %s", (text, path) => {
  expect(safeReturnPath(text)).toBe(path);
});

test("the way to sign in remembers where one was going, and that a session ended", () => {
  expect(loginPath("/my/top-up", false)).toBe("/login?next=%2Fmy%2Ftop-up");
  expect(loginPath("/", true)).toBe("/login?ended=1");
  expect(loginPath(null, false)).toBe("/login");
});
