import { describe, expect, test } from "vitest";
import { countOf, isPreviewing, isWorking, readRunParams, runHref } from "./run-params";
import type { Run } from "./run-types";

const stage = (doneAccounts: number) => ({ progress: { accounts: 10, doneAccounts } });
const run = (change: Partial<Record<keyof Run, unknown>>) =>
  ({ state: "draft", preview: null, charging: null, failure: null, findings: [], changes: [], ...change }) as Run;

describe("what a run's page shows first", () => {
  test("are oddities before it is charged, and what is parked after", () => {
    const findings = [
      { stage: "preview", finding: "parked", reason: "tariff.no_price", accounts: 2 },
      { stage: "charge", finding: "parked", reason: "tariff.no_price", accounts: 1 },
      { stage: "preview", finding: "anomaly", reason: "up", accounts: 3 },
    ];
    expect(readRunParams("r", {}, run({ findings })).show).toBe("anomaly");
    expect(readRunParams("r", {}, run({ findings, charging: stage(10) })).show).toBe("parked");
    expect(readRunParams("r", { show: "skipped" }, run({ findings })).show).toBe("skipped");
    expect(readRunParams("r", { show: "nonsense" }, run({})).show).toBe("anomaly");
    expect(countOf(run({ findings }), "parked")).toBe(2);
    expect(countOf(run({ findings, charging: stage(10) }), "parked")).toBe(1);
    expect(countOf(run({ findings, charging: stage(10) }), "anomaly")).toBe(3);
  });

  test("is an address that can be sent to somebody", () => {
    expect(runHref({ runId: "r", show: "parked" })).toBe("/billing/runs/r?show=parked");
    expect(runHref({ runId: "r", show: "parked" }, "a")).toBe("/billing/runs/r?show=parked&after=a");
  });
});

describe("a run at work", () => {
  test("is one that charges, and a draft that is being looked through", () => {
    expect(isPreviewing(run({ preview: stage(4) }))).toBe(true);
    // Looked through, and its state turns a moment later: a page that stopped asking here would never learn of it.
    expect(isPreviewing(run({ preview: stage(10) }))).toBe(true);
    expect(isPreviewing(run({ state: "previewed", preview: stage(10) }))).toBe(false);
    expect(isPreviewing(run({ preview: stage(4), failure: "charge.failed" }))).toBe(false);
    expect(isWorking(run({ state: "running", charging: stage(4) }))).toBe(true);
    expect(isWorking(run({ state: "paused", charging: stage(4) }))).toBe(false);
    expect(isWorking(run({}))).toBe(false);
  });
});
