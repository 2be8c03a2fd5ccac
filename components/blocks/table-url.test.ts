import { expect, test } from "vitest";
import { nextSort, readSort, tableHref, writeSort } from "./table-url";

test("changing one parameter keeps the others, and an empty one goes", () => {
  const params = { q: "Лесная", page: "3", status: ["active", "blocked"] };
  expect(tableHref("/crm", params, { page: undefined, sort: "-name" })).toBe(
    "/crm?q=%D0%9B%D0%B5%D1%81%D0%BD%D0%B0%D1%8F&status=active&status=blocked&sort=-name",
  );
  expect(tableHref("/crm", { q: "a" }, { q: "" })).toBe("/crm");
});

test("a sort from the address is believed only for known columns", () => {
  const fallback = { key: "name", direction: "asc" } as const;
  expect(readSort("-balance", ["name", "balance"], fallback)).toEqual({ key: "balance", direction: "desc" });
  expect(readSort("balance; drop table", ["name", "balance"], fallback)).toEqual(fallback);
  expect(readSort(undefined, ["name"], fallback)).toEqual(fallback);
});

test("pressing a head turns the order round, and a new column starts its own way", () => {
  expect(writeSort(nextSort({ key: "name", direction: "asc" }, "name"))).toBe("-name");
  expect(writeSort(nextSort({ key: "name", direction: "desc" }, "name"))).toBe("name");
  expect(writeSort(nextSort({ key: "name", direction: "asc" }, "balance", "desc"))).toBe("-balance");
  expect(writeSort(nextSort(undefined, "name"))).toBe("name");
});
