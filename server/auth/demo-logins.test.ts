import { expect, test } from "vitest";
import { demoLogins } from "@/server/cli/demo/logins";
import { ROLES } from "@/server/platform/roles";
import { DEMO_LOGINS, DEMO_PASSWORD } from "./demo-logins";

test("the sign-in page of a demonstration offers the very logins that the demonstration makes", () => {
  const made = demoLogins.map(({ role, login, password }) => ({ role, login, password }));
  expect(DEMO_LOGINS.map(({ role, login }) => ({ role, login, password: DEMO_PASSWORD }))).toEqual(made);
});

test("there is a login for every role", () => {
  expect(new Set(DEMO_LOGINS.map(({ role }) => role))).toEqual(new Set(ROLES));
});
