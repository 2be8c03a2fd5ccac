import { expect, test } from "vitest";
import { isNarrowed, listHref, readListParams } from "./list-params";

test("an address becomes a filter and only what is ours is believed", () => {
  const read = readListParams({
    q: " Лесная ",
    state: "blocked",
    tariff: "home-300",
    endedFrom: "2026-10-01",
    endedTo: "2026-13-01",
    chargedIn: "2026-10",
    startedFrom: ["2026-01-01", "2026-02-01"],
    sort: "-balance",
    after: "abc",
    evil: "<script>",
  });
  expect(read.filter).toEqual({
    query: "Лесная",
    state: "blocked",
    tariff: "home-300",
    endedFrom: "2026-10-01",
    chargedIn: "2026-10",
  });
  expect(read.sort).toEqual({ key: "balance", direction: "desc" });
  expect(read.page).toEqual({ after: "abc" });
  expect(read.address).not.toHaveProperty("evil");
});

test.each([
  [{}, false],
  [{ sort: "-balance" }, false],
  [{ state: "gone" }, false],
  [{ q: "  " }, false],
  [{ state: "active" }, true],
])("%j narrows the list: %s", (raw, narrowed) => {
  expect(isNarrowed(readListParams(raw))).toBe(narrowed);
});

test("changing a filter keeps the others and goes back to the first page", () => {
  const read = readListParams({ q: "Ли", state: "active", sort: "-balance", after: "abc" });
  expect(listHref(read, { state: undefined })).toBe("/crm?q=%D0%9B%D0%B8&sort=-balance");
  expect(listHref(read, { sort: "number" })).toBe("/crm?q=%D0%9B%D0%B8&state=active&sort=number");
  expect(listHref(read, { after: "def" })).toContain("after=def");
});
