import { expect, test } from "vitest";
import { logHref, readDueParams, readLogParams } from "./list-params";

test("the address of the log says what it is narrowed by, and what is not ours is left out", () => {
  const params = readLogParams({
    state: "failed",
    channel: "pigeon",
    accountNumber: " 100200 ",
    from: "2026-13-01",
    after: "x",
  });
  expect(params).toEqual({ filter: { state: "failed", accountNumber: "100200" }, after: "x" });
  expect(logHref(params, { state: undefined, channel: "sms" })).toBe(
    "/billing/dunning/log?accountNumber=100200&channel=sms",
  );
});

test("the preview is of tomorrow until a day is asked for", () => {
  expect(readDueParams({}, "2026-12-31")).toEqual({ day: "2027-01-01" });
  expect(readDueParams({ day: "2026-12-05", after: "1' or" }, "2026-11-25")).toEqual({ day: "2026-12-05" });
});
