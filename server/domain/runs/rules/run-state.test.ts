import { describe, expect, test } from "vitest";
import { RUN_STATES } from "../constants";
import { mayAct, type RunAct, requireAct } from "./run-state";

const ALLOWED: Readonly<Record<(typeof RUN_STATES)[number], readonly RunAct[]>> = {
  draft: ["preview", "cancel"],
  previewed: ["preview", "approve", "cancel"],
  approved: ["preview", "start", "cancel"],
  running: ["pause", "cancel", "work"],
  paused: ["resume", "cancel", "work"],
  failed: ["resume", "cancel", "work"],
  finished: ["work", "close"],
  cancelled: [],
};
const ACTS: readonly RunAct[] = ["preview", "approve", "start", "pause", "resume", "cancel", "work", "close"];

describe("what may be done to a run", () => {
  test.each(RUN_STATES)("that is %s", (state) => {
    expect(ACTS.filter((act) => mayAct({ state, closedAt: null }, act)).sort()).toEqual([...ALLOWED[state]].sort());
  });

  test("is nothing once it is closed, and the refusal says which of the two it was", () => {
    const closed = { state: "finished", closedAt: new Date(0) } as const;
    for (const act of ACTS) expect(() => requireAct(closed, act)).toThrow("run.closed");
    expect(() => requireAct({ state: "draft", closedAt: null }, "start")).toThrow("run.wrong_state");
  });
});
