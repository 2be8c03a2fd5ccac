import { expect, test } from "vitest";
import { messages } from "@/components/i18n/messages";
import { EVENT_JOBS } from "@/server/platform/events";
import { amountOf, changeOf, keyOf, machineOf } from "./history-words";

const OF_NO_ACCOUNT = /^((user|tariff|ledger|import|period|run|statement)\.|payment\.conflict$)/;

test("every event that may happen to an account has its words", () => {
  const types = Object.keys(EVENT_JOBS).filter((type) => !OF_NO_ACCOUNT.test(type));
  expect(types.filter((type) => !(keyOf(type) in messages.ru.subscribers.history.event))).toEqual([]);
});

test.each([
  ["payment.posted", { amountMinor: "50000" }, 500_00n],
  ["account.charged", { amountMinor: "65000" }, -650_00n],
  ["payment.reversed", { amountMinor: "50000" }, -500_00n],
  ["charge.refused", { dueMinor: "65000" }, 650_00n],
  ["block.placed", { reason: "voluntary" }, null],
  ["payment.posted", { amountMinor: 5 }, null],
])("%s with %j moves %s", (type, payload, minor) => {
  expect(amountOf(type, payload)).toBe(minor);
});

test.each([
  ["job:settle_account", "job"],
  ["webhook:yookassa", "webhook"],
  ["anonymous", "anonymous"],
])("%s is %s", (label, kind) => {
  expect(machineOf(label)).toBe(kind);
});

test("a change of tariff tells which one and from when, other events tell of none", () => {
  const payload = { subscriptionId: "s", toTariffId: "t", effectiveOn: "2026-12-01" };
  expect(changeOf(payload)).toEqual({ tariffId: "t", on: "2026-12-01" });
  expect(changeOf({ subscriptionId: "s" })).toBeNull();
});
