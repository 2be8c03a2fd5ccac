import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type Day } from "@/server/kernel/day";
import { chargedDays } from "./charged-days";

const day = (text: string) => text as Day;
const november = { start: day("2026-11-01"), end: day("2026-12-01") };
const blocked = (start: string, end: string) => ({ start: day(start), end: day(end) });

describe("the days a subscription is charged for", () => {
  test.each([
    ["a whole month", "2026-01-10", null, [], 30],
    ["connected on the 14th: that day counts, 17 of 30", "2026-11-14", null, [], 17],
    ["disconnected on the 14th: that day does not count", "2026-01-10", "2026-11-14", [], 13],
    ["connected and disconnected the same day", "2026-11-14", "2026-11-14", [], null],
    ["starts next month", "2026-12-01", null, [], null],
    [
      "blocked from the 1st, paid on the 10th: that day counts",
      "2026-01-10",
      null,
      [blocked("2026-11-01", "2026-11-10")],
      21,
    ],
    [
      "two blocks that overlap are subtracted once",
      "2026-01-10",
      null,
      [blocked("2026-11-05", "2026-11-10"), blocked("2026-11-08", "2026-11-12")],
      23,
    ],
    [
      "a block inside another adds nothing",
      "2026-01-10",
      null,
      [blocked("2026-11-05", "2026-11-20"), blocked("2026-11-08", "2026-11-12")],
      15,
    ],
    ["blocked and lifted on one day costs no day", "2026-01-10", null, [blocked("2026-11-05", "2026-11-05")], 30],
    ["blocked throughout", "2026-01-10", null, [blocked("2026-10-01", "2027-01-01")], null],
  ])("%s", (_name, startedOn, endedOn, blocks, days) => {
    expect(chargedDays(november, day(startedOn), endedOn ? day(endedOn) : null, blocks)?.days ?? null).toBe(days);
  });

  test("equals counting the days one by one, whatever the blocks", () => {
    const offset = fc.integer({ min: -10, max: 40 });
    fc.assert(
      fc.property(
        offset,
        fc.option(offset),
        fc.array(fc.tuple(offset, offset), { maxLength: 5 }),
        (start, end, pairs) => {
          const startedOn = addDays(november.start, start);
          const endedOn = end === null ? null : addDays(november.start, end);
          const blocks = pairs.map(([a, b]) => ({
            start: addDays(november.start, a),
            end: addDays(november.start, b),
          }));
          let counted = 0;
          for (let at = november.start; at < november.end; at = addDays(at, 1)) {
            if (at < startedOn || (endedOn && at >= endedOn)) continue;
            if (blocks.some((block) => at >= block.start && at < block.end)) continue;
            counted += 1;
          }
          expect(chargedDays(november, startedOn, endedOn, blocks)?.days ?? 0).toBe(counted);
        },
      ),
    );
  });
});
