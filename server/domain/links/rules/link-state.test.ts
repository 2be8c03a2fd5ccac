import { expect, test } from "vitest";
import { linkState } from "./link-state";

const now = new Date("2026-11-22T12:00:00Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);

test.each([
  ["nothing waits", { waiting: 0, oldestAt: null, differences: 0 }, "in_step"],
  ["one has waited two seconds", { waiting: 1, oldestAt: ago(2), differences: 0 }, "catching_up"],
  ["one has waited exactly as long as is patient", { waiting: 1, oldestAt: ago(120), differences: 0 }, "catching_up"],
  ["one has waited longer", { waiting: 3, oldestAt: ago(121), differences: 0 }, "behind"],
  ["something differs though nothing waits", { waiting: 0, oldestAt: null, differences: 1 }, "differs"],
  ["something differs and something waits", { waiting: 9, oldestAt: ago(900), differences: 1 }, "differs"],
] as const)("%s", (_name, facts, state) => {
  expect(linkState(facts, now)).toBe(state);
});
