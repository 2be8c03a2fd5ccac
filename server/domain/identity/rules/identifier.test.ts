import fc from "fast-check";
import { expect, test } from "vitest";
import { identifierCandidates, phoneOf, storedIdentifier } from "./identifier";

test.each([
  "+79123456741",
  "8 (912) 345-67-41",
  "8-912-345-67-41",
  "79123456741",
  "912 345 67 41",
  "  +7 912 345‑67‑41 ",
  "+7 (912) 345–67–41",
])("the phone typed as «%s» is one and the same phone", (typed) => {
  expect(identifierCandidates(typed)[0]).toBe("+79123456741");
});

test.each([
  ["Ivan.Petrov@Example.RU ", ["ivan.petrov@example.ru"]],
  ["100 042", ["100042"]],
  ["Л/С № 100042", ["100042"]],
  ["лс 100042", ["100042"]],
  ["№100042", ["100042"]],
  ["Договор № Д-2024/17", ["Д-2024/17"]],
  ["д–2024/17", ["Д-2024/17"]],
  ["N-17", ["N-17"]],
  ["ЛСК-5", ["ЛСК-5"]],
  ["agent", ["AGENT"]],
  ["   ", []],
  ["\u200B", []],
  ["nul\u0000l", ["NULL"]],
  ["\u0000", []],
  ["Договор\tД-17", ["Д-17"]],
])("«%s» is looked up as %j", (typed, candidates) => {
  expect(identifierCandidates(typed)).toEqual(candidates);
});

test("a bare number that may be a phone is also tried as an account number", () => {
  expect(identifierCandidates("89123456741")).toEqual(["+79123456741", "89123456741"]);
});

test.each([
  ["phone", "8 912 345-67-41", "+79123456741"],
  ["phone", "100042", null],
  ["email", " Agent@Uzel.RU", "agent@uzel.ru"],
  ["email", "agent", null],
  ["account", "100 042", "100042"],
  ["account", "  ", null],
  ["contract", "д-2024/17", "Д-2024/17"],
  ["contract", "a@b", null],
] as const)("a %s given as «%s» is stored as %j, and typing it finds it", (kind, value, stored) => {
  expect(storedIdentifier(kind, value)).toBe(stored);
  if (stored !== null) expect(identifierCandidates(value)).toContain(stored);
});

test("a foreign phone keeps its own country code, a short one is no phone", () => {
  expect(phoneOf("+375 29 123-45-67")).toBe("+375291234567");
  expect(phoneOf("+7 912")).toBeNull();
  expect(phoneOf("100042")).toBeNull();
});

test("what is already normal stays as it is, and any input gives at most two candidates", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (typed) => {
      const first = identifierCandidates(typed);
      expect(first.length).toBeLessThanOrEqual(2);
      for (const value of first.filter((one) => one.startsWith("+") || one.includes("@"))) {
        expect(identifierCandidates(value)[0]).toBe(value);
      }
    }),
  );
});
