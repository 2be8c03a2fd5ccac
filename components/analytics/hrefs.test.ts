import { expect, test } from "vitest";
import { chargedIn, churnedIn, endedIn, endedOfTenure, shiftMonth } from "./hrefs";

test("a month's list runs from its first day to its last", () => {
  expect(churnedIn("2028-02-01", "home-300")).toBe(
    "/crm?endedFrom=2028-02-01&endedTo=2028-02-29&startedTo=2028-01-31&tariff=home-300",
  );
  expect(endedIn("2026-12-01")).toBe("/crm?endedFrom=2026-12-01&endedTo=2026-12-31");
  expect(chargedIn("2026-11-01")).toBe("/crm?chargedIn=2026-11");
});

test("the band that has no beginning leaves it out", () => {
  expect(endedOfTenure("2026-11-01", null, "2022-11-01")).toBe(
    "/crm?endedFrom=2026-11-01&endedTo=2026-11-30&startedTo=2022-11-01",
  );
});

test("months shift across years", () => {
  expect(shiftMonth("2026-01-01", -1)).toBe("2025-12-01");
  expect(shiftMonth("2026-12-01", 1)).toBe("2027-01-01");
});
