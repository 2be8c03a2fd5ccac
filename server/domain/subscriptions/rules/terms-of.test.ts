import { describe, expect, test } from "vitest";
import type { Day } from "@/server/kernel/day";
import { type PresentTerm, type TariffChange, termsOf } from "./terms-of";

const day = (text: string) => text as Day;
const TODAY = day("2026-11-25");
const change = (on: string, from: string, to: string, state = "applied"): TariffChange => ({
  state,
  fromTariffId: from,
  toTariffId: to,
  effectiveOn: day(on),
});
const present = (tariffId: string, term: number, from: string | null, endedOn: string | null = null): PresentTerm => ({
  term,
  tariffId,
  startedOn: day("2026-01-15"),
  termFrom: from === null ? null : day(from),
  endedOn: endedOn === null ? null : day(endedOn),
});
const read = (now: PresentTerm, ...changes: TariffChange[]) =>
  termsOf(now, changes, TODAY).map(({ term, tariffId, from, to }) => `${term} ${tariffId} ${from} ${to ?? ""}`.trim());

describe("the tariffs a subscription has had", () => {
  test("one, from its start", () => expect(read(present("a", 0, null))).toEqual(["0 a 2026-01-15"]));
  test("one after the other, without a gap", () => {
    const changes = [change("2026-03-01", "a", "b"), change("2026-05-10", "b", "c")];
    expect(read(present("c", 2, "2026-05-10", "2026-06-01"), ...changes)).toEqual([
      "0 a 2026-01-15 2026-03-01",
      "1 b 2026-03-01 2026-05-10",
      "2 c 2026-05-10 2026-06-01",
    ]);
  });
  test("what was changed twice on a day was never the tariff in between", () => {
    const changes = [change("2026-03-01", "a", "b"), change("2026-03-01", "b", "c")];
    expect(read(present("c", 2, "2026-03-01"), ...changes)).toEqual(["0 a 2026-01-15 2026-03-01", "2 c 2026-03-01"]);
  });
  test("a change that was called off changed nothing", () => {
    expect(read(present("a", 0, null), change("2026-03-01", "a", "b", "cancelled"))).toEqual(["0 a 2026-01-15"]);
  });
  test("a change due today is taken as made, one for tomorrow is not", () => {
    expect(read(present("a", 0, null), change("2026-11-25", "a", "b", "scheduled"))).toEqual([
      "0 a 2026-01-15 2026-11-25",
      "1 b 2026-11-25",
    ]);
    expect(read(present("a", 0, null), change("2026-11-26", "a", "b", "scheduled"))).toEqual(["0 a 2026-01-15"]);
    expect(read(present("a", 0, null, "2026-11-20"), change("2026-11-25", "a", "b", "scheduled"))).toEqual([
      "0 a 2026-01-15 2026-11-20",
    ]);
  });
});
