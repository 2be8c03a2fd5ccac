import { expect, test } from "vitest";
import { withNames } from "./discount-names";

const bundles = [{ code: "b54ni9k", nameRu: "Всё вместе", nameEn: "All together" }];

test.each([
  ["a bundle by its name", { source: "bundle", label: "b54ni9k" }, ["Всё вместе", "All together"]],
  ["a bundle that is not known by its code", { source: "bundle", label: "gone" }, ["gone", "gone"]],
  [
    "what was agreed by its own words, whatever they are",
    { source: "personal", label: "b54ni9k" },
    ["b54ni9k", "b54ni9k"],
  ],
  ["a promo code by itself", { source: "promo", label: "ОСЕНЬ-20" }, ["ОСЕНЬ-20", "ОСЕНЬ-20"]],
])("a discount is named: %s", (_, discount, [nameRu, nameEn]) => {
  expect(withNames([discount], bundles)).toEqual([{ ...discount, nameRu, nameEn }]);
});
