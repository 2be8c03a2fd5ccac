import { describe, expect, test } from "vitest";
import type { Day } from "@/server/kernel/day";
import { type PriceVersion, priceOn } from "./price-on";

const day = (text: string) => text as Day;
const price = (version: number, newFrom: string, existingFrom: string | null): PriceVersion => ({
  version,
  newFrom: day(newFrom),
  existingFrom: existingFrom ? day(existingFrom) : null,
});

const first = price(1, "2025-01-01", null);
const rise = price(2, "2026-06-10", "2026-08-15");
const newOnly = price(3, "2026-09-01", null);
const all = [first, rise, newOnly];

describe("which price a subscriber pays", () => {
  test.each([
    ["before the rise reaches existing ones, the old price", "2025-03-01", "2026-08-01", 1],
    ["the rise lands inside August, so it counts from the next period", "2025-03-01", "2026-09-01", 2],
    ["who came after the rise pays it from the start", "2026-06-20", "2026-06-01", 2],
    ["who came on the very day of the rise pays it", "2026-06-10", "2026-06-01", 2],
    ["who came a day before waits for the date of existing ones", "2026-06-09", "2026-07-01", 1],
    ["a version for new subscribers only never reaches the others", "2026-06-20", "2027-05-01", 2],
    ["a newcomer of October gets the version of September", "2026-10-05", "2026-10-01", 3],
  ])("%s", (_name, startedOn, periodStart, version) => {
    expect(priceOn(all, day(startedOn), day(periodStart))?.version).toBe(version);
    expect(priceOn([...all].reverse(), day(startedOn), day(periodStart))?.version).toBe(version);
  });

  test("a subscriber older than every version pays none of them until one is meant for existing ones", () => {
    expect(priceOn(all, day("2024-12-31"), day("2026-08-01"))).toBeNull();
    expect(priceOn(all, day("2024-12-31"), day("2026-09-01"))?.version).toBe(2);
  });

  test("of two versions on one day the higher number wins", () => {
    const same = [price(1, "2026-01-01", null), price(2, "2026-01-01", null)];
    expect(priceOn(same, day("2026-02-01"), day("2026-03-01"))?.version).toBe(2);
  });
});
