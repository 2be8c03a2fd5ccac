import { expect, test } from "vitest";
import { storyOf } from "./month-story";
import type { CopyFacts } from "./outputs";

const copy = {
  copiedOn: "2026-11-25",
  charges: [{ bookedOn: "2026-12-10" }, { bookedOn: "2026-12-01" }, { bookedOn: "2026-10-31" }],
  credits: [{ bookedOn: "2026-12-20" }],
  payments: [
    { paidOn: "2026-12-10", posted: true },
    { paidOn: "2026-12-15", posted: false },
  ],
  blocks: [{ fromOn: "2026-12-05" }],
  documents: [{ issuedOn: "2026-12-31" }, { issuedOn: "2026-11-30" }],
} as unknown as CopyFacts;

test("a month is told day by day: charges, blocks, payments before what they pay for, money given back, the document last", () => {
  expect(storyOf(copy, "2026-12-01").map(({ kind, on }) => [on, kind])).toEqual([
    ["2026-12-01", "charge"],
    ["2026-12-05", "block"],
    ["2026-12-10", "payment"],
    ["2026-12-10", "charge"],
    ["2026-12-20", "credit"],
    ["2026-12-31", "document"],
  ]);
});

test("what is booked before the copy was taken is told on its first day", () => {
  expect(storyOf(copy, "2026-11-01").map(({ kind, on }) => [on, kind])).toEqual([
    ["2026-11-25", "charge"],
    ["2026-11-30", "document"],
  ]);
});
