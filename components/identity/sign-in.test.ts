import { expect, test } from "vitest";
import { refusalIn } from "./sign-in";

test.each([
  ["http://localhost:3000/login?error=session.wrong_credentials", "wrong_credentials", 0],
  ["http://localhost:3000/login?error=session.too_many_attempts%3A12", "too_many_attempts", 12],
  ["http://localhost:3000/login?csrf=true", "unexpected", 0],
])("%s is refused for %s", (url, reason, minutes) => {
  expect(refusalIn(url)).toEqual({ ok: false, reason, minutes });
});
