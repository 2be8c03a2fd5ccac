import { describe, expect, test } from "vitest";
import { PublishPriceInput } from "../schema";
import { storedPricing, UsagePricing } from "./usage-pricing";

const call = {
  meter: "call",
  nameRu: "Звонки",
  nameEn: "Calls",
  unit: "minute",
  pricer: "per_unit",
  priceMinor: "150",
};
const tiers = (...ends: (string | null)[]) => ({
  ...call,
  pricer: "tiered",
  priceMinor: undefined,
  tiers: ends.map((upToUnits) => ({ upToUnits, priceMinor: "1" })),
});
const faultsOf = (...meters: unknown[]) =>
  (UsagePricing.safeParse(JSON.parse(JSON.stringify({ meters }))).error?.issues ?? []).map(
    ({ path, message }) => `${path.slice(1).join(".")} ${message}`,
  );

describe("a usage price that cannot be meant is refused by name", () => {
  test.each([
    ["a negative price", { ...call, priceMinor: "-1" }, "0.priceMinor usage.price_negative"],
    ["a price that is no number", { ...call, priceMinor: "1,5" }, "0.priceMinor usage.number_malformed"],
    ["a price out of reason", { ...call, priceMinor: "9".repeat(16) }, "0.priceMinor usage.number_absurd"],
    ["a negative allowance", { ...call, freeUnits: "-10" }, "0.freeUnits usage.units_negative"],
    ["a price for no units", { ...call, perUnits: "0" }, "0.perUnits usage.units_zero"],
    ["tiers that overlap", tiers("100", "100", null), "0.tiers.1.upToUnits usage.tiers_overlap"],
    ["tiers that go back", tiers("100", "50", null), "0.tiers.1.upToUnits usage.tiers_overlap"],
    ["tiers that end", tiers("100"), "0.tiers.0.upToUnits usage.last_tier_ends"],
    ["a tier after the endless one", tiers(null, null), "0.tiers.0.upToUnits usage.tier_after_the_last"],
    ["a tier of nothing", tiers("0", null), "0.tiers.0.upToUnits usage.units_zero"],
    ["a meter without a name for records", { ...call, meter: "Звонки" }, "0.meter usage.meter_malformed"],
    [
      "a share of minutes",
      { ...call, pricer: "percentage", priceMinor: undefined, percentBp: 1 },
      "0.unit usage.percentage_of_no_money",
    ],
    [
      "a most below the least",
      {
        ...call,
        unit: "ruble",
        pricer: "percentage",
        priceMinor: undefined,
        percentBp: 1,
        leastMinor: "2",
        mostMinor: "1",
      },
      "0.mostMinor usage.most_below_least",
    ],
    [
      "an allowance beside a package",
      {
        ...call,
        pricer: "package",
        priceMinor: undefined,
        packageUnits: "1",
        packageMinor: "1",
        freeUnits: "1",
      },
      "0.freeUnits usage.package_with_allowance",
    ],
  ])("%s", (_name, meter, fault) => expect(faultsOf(meter)).toEqual([fault]));

  test("two prices of one meter", () => expect(faultsOf(call, call)).toEqual(["1.meter usage.meter_twice"]));
});

test("a price keeps every default, as text, and reads back as the same", () => {
  const pricing = UsagePricing.parse({ meters: [call] });
  const stored = storedPricing(pricing);
  expect(JSON.parse(JSON.stringify(stored))).toEqual({
    meters: [{ ...call, freeUnits: "0", capMinor: null, perUnits: "1" }],
    capMinor: null,
  });
  expect(UsagePricing.parse(stored)).toEqual(pricing);
});

describe("a price of usage has pricers, and no other has", () => {
  const price = { tariffId: "0190a0a0-0000-7000-8000-000000000000", newFrom: "2026-01-01", feeMinor: 0n };
  const faults = (more: object) =>
    (PublishPriceInput.safeParse({ ...price, ...more }).error?.issues ?? []).map(({ message }) => message);
  const usagePricing = { meters: [call] };

  test.each([
    ["usage with pricers", { chargeMethod: "usage", usagePricing }, []],
    ["usage without them", { chargeMethod: "usage" }, ["price.usage_pricing_missing"]],
    ["a fee with them", { usagePricing, feeMinor: 1n }, ["price.usage_pricing_unwanted"]],
    ["usage with a fee", { chargeMethod: "usage", usagePricing, feeMinor: 1n }, ["price.usage_has_fee"]],
    ["usage by the year", { chargeMethod: "usage", usagePricing, periodMonths: 12 }, ["price.usage_is_monthly"]],
  ])("%s", (_name, more, expected) => expect(faults(more)).toEqual(expected));
});
