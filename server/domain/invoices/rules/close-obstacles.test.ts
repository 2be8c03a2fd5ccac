import { expect, test } from "vitest";
import type { Day } from "@/server/kernel/day";
import { type CloseFacts, closeObstacles } from "./close-obstacles";

const ready: CloseFacts = {
  months: ["2026-10-01" as Day],
  endsOn: "2026-11-01" as Day,
  today: "2026-11-02" as Day,
  proof: { on: "2026-11-01" as Day, differing: 0 },
  uninvoiced: { accounts: 0, minor: 0n },
};

test.each<[string, Partial<CloseFacts>, string[]]>([
  ["a month that is over, proven and invoiced closes", {}, []],
  ["a month without postings has nothing to close", { months: [] }, ["nothing_to_close"]],
  ["the running month is not over", { today: "2026-10-31" as Day }, ["not_over"]],
  ["its first day after is soon enough", { today: "2026-11-01" as Day }, []],
  ["a ledger that nobody has proven", { proof: null }, ["never_proven"]],
  ["a ledger that does not agree", { proof: { on: "2026-11-01" as Day, differing: 2 } }, ["disproved"]],
  ["a proof of before the month's end", { proof: { on: "2026-10-31" as Day, differing: 0 } }, ["proven_too_early"]],
  ["charges that stand on no document", { uninvoiced: { accounts: 3, minor: 1_950_00n } }, ["uninvoiced"]],
  [
    "everything that is in the way is named at once",
    { proof: null, uninvoiced: { accounts: 1, minor: 1n } },
    ["never_proven", "uninvoiced"],
  ],
])("%s", (_, change, kinds) => {
  expect(closeObstacles({ ...ready, ...change }).map((obstacle) => obstacle.kind)).toEqual(kinds);
});
