import { expect, test } from "vitest";
import { periodWords, rangeWords } from "./period-words";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

test("a calendar month is named, anything else is a range whose last day counts", () => {
  expect(periodWords("2026-11-01", "2026-12-01", "ru")).toBe("Ноябрь 2026");
  expect(plain(periodWords("2026-11-14", "2026-12-14", "ru"))).toBe("14 ноября – 13 декабря 2026");
  expect(plain(periodWords("2026-12-14", "2027-01-14", "ru"))).toBe("14 декабря 2026 – 13 января 2027");
});

test("days of one month share its name", () => {
  expect(plain(rangeWords("2026-11-14", "2026-12-01", "ru"))).toBe("14 – 30 ноября 2026");
  expect(plain(rangeWords("2026-11-14", "2026-12-01", "en"))).toBe("14 – 30 November 2026");
  expect(plain(rangeWords("2026-11-30", "2026-12-01", "ru"))).toBe("30 ноября 2026");
});
