import { expect, test } from "vitest";
import { faultsHref, readFaultParams } from "./fault-params";

test("an address is read with care: what is not ours is left out", () => {
  expect(readFaultParams({})).toEqual({ state: "open" });
  expect(readFaultParams({ state: "closed", reason: "x", source: "../etc", after: "1" })).toEqual({ state: "open" });
  const params = { state: "dropped", reason: "too_late", source: "calls" } as const;
  expect(readFaultParams(params)).toEqual(params);
});

test("a changed queue starts from its newest and keeps the rest", () => {
  const params = readFaultParams({ reason: "no_price", after: "01890a5d-ac96-774b-bcce-b302099a8057" });
  expect(faultsHref(params, { source: "calls" })).toBe("/billing/usage?reason=no_price&source=calls");
  expect(faultsHref(params, { reason: undefined, state: "mended" })).toBe("/billing/usage?state=mended");
});
