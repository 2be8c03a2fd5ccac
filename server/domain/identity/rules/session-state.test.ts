import { expect, test } from "vitest";
import { type SessionFacts, sessionState } from "./session-state";

const at = (time: string) => new Date(`2026-11-22T${time}Z`);
const IDLE_MS = 30 * 60_000;

const fresh: SessionFacts = {
  role: "support_agent",
  roleVersion: 1,
  userRoleVersion: 1,
  lastSeenAt: at("10:00:00"),
  expiresAt: at("22:00:00"),
  revokedAt: null,
  userDisabledAt: null,
  totpPassedAt: null,
  totpRequired: false,
};

const stateAt = (time: string, changes: Partial<SessionFacts> = {}) =>
  sessionState({ ...fresh, ...changes }, at(time).getTime(), IDLE_MS);

test("a session is active until the last moment of its idle time, and not at it", () => {
  expect(stateAt("10:29:59")).toBe("active");
  expect(stateAt("10:30:00")).toBe("expired");
});

test("no amount of use carries a session past its longest life", () => {
  expect(stateAt("22:00:00", { lastSeenAt: at("21:59:59") })).toBe("expired");
});

test.each([
  ["revoked", { revokedAt: at("10:00:01") }],
  ["disabled", { userDisabledAt: at("10:00:01") }],
  ["role_changed", { userRoleVersion: 2 }],
  ["needs_totp", { totpRequired: true }],
  ["active", { totpRequired: true, totpPassedAt: at("10:00:00") }],
] as const)("the state is %s when the row says so", (state, changes) => {
  expect(stateAt("10:01:00", changes)).toBe(state);
});

test("a session that ended is not asked for a code", () => {
  expect(stateAt("10:01:00", { totpRequired: true, revokedAt: at("10:00:30") })).toBe("revoked");
});
