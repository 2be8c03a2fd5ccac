import { expect, test } from "vitest";
import type { Day } from "@/server/kernel/day";
import { startedWithin, TENURE_BANDS } from "./tenure-bands";

test("the bands tile time: each ends the day before the next begins, and the first ends on the month's first day", () => {
  const bands = TENURE_BANDS.map((band) => startedWithin(band, "2026-11-01" as Day));
  expect(bands).toEqual([
    { from: "2026-08-02", to: "2026-11-01" },
    { from: "2026-05-02", to: "2026-08-01" },
    { from: "2025-11-02", to: "2026-05-01" },
    { from: "2024-11-02", to: "2025-11-01" },
    { from: "2022-11-02", to: "2024-11-01" },
    { from: null, to: "2022-11-01" },
  ]);
});
