import { expect, test } from "vitest";
import { toDay } from "@/server/kernel/day";
import { reversalRefusal } from "./reversal";

const today = toDay("2026-11-25");
const whole = { amountMinor: 500_00n, receivedOn: today, today, balanceMinor: 500_00n };

test.each([
  ["a payment of today that the account still holds to the kopeck", whole, null],
  ["one that was partly spent", { ...whole, balanceMinor: 499_99n }, "spent"],
  ["one that paid a debt", { ...whole, balanceMinor: -1n }, "spent"],
  ["one of yesterday, held or not", { ...whole, receivedOn: toDay("2026-11-24") }, "too_late"],
] as const)("%s", (_name, facts, refusal) => {
  expect(reversalRefusal(facts)).toBe(refusal);
});
