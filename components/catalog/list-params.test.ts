import { expect, test } from "vitest";
import { catalogHref, readCatalogParams } from "./list-params";

test("the address holds every filter and is read back as it was", () => {
  const params = { query: "дом", kind: "internet", shown: "hidden", waiting: true } as const;
  const href = catalogHref(params);
  const query = Object.fromEntries(new URL(href, "http://uzel").searchParams);
  expect(readCatalogParams(query)).toEqual(params);
  expect(catalogHref(params, { waiting: undefined })).not.toContain("waiting");
});

test("what the address does not know narrows nothing", () => {
  expect(readCatalogParams({ kind: "cement", shown: "all", waiting: "yes", q: "  " })).toEqual({ waiting: false });
  expect(catalogHref({ waiting: false })).toBe("/catalog");
});
