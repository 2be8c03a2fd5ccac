import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toDay } from "@/server/kernel/day";
import { type PromoCode, promoKey, promoTerms } from "./promo-terms";

const code: PromoCode = {
  code: "ЛЕТО-2026",
  percentBp: 2_000,
  amountMinor: null,
  months: 3,
  validFrom: toDay("2026-11-01"),
  validTo: toDay("2026-12-01"),
  totalLimit: 100,
  perCustomerLimit: 1,
  redeemed: 0,
  tariffIds: [],
};
const today = toDay("2026-11-25");
const internet = { subscriptionId: "s1", tariffId: "home" };
const tv = { subscriptionId: "s2", tariffId: "tv" };
const twenty = { percentBp: 2_000, amountMinor: null, validFrom: "2026-11-25", validTo: "2027-02-25" };

test("a percent off everything is one discount of the account, for three months from today", () => {
  expect(promoTerms(code, [internet, tv], 0, today)).toEqual({ granted: [{ ...twenty, subscriptionId: null }] });
});

test("a percent off some tariffs is one discount for each subscription that has them", () => {
  const some = { ...code, tariffIds: ["tv", "phone"] };
  expect(promoTerms(some, [internet, tv], 0, today)).toEqual({ granted: [{ ...twenty, subscriptionId: "s2" }] });
});

test("a sum comes off one subscription, the earliest that fits, and not off each", () => {
  const sum = { ...code, percentBp: null, amountMinor: 100_00n, months: null };
  expect(promoTerms(sum, [internet, tv], 0, today)).toEqual({
    granted: [{ subscriptionId: "s1", percentBp: null, amountMinor: 100_00n, validFrom: "2026-11-25", validTo: null }],
  });
});

describe("a code gives nothing", () => {
  test.each<[string, Partial<PromoCode>, number, string]>([
    ["before its first day", { validFrom: toDay("2026-11-26") }, 0, "promo.not_yet"],
    ["on the day it ends", { validTo: today }, 0, "promo.over"],
    ["when all are gone", { redeemed: 100 }, 0, "promo.used_up"],
    ["when the customer has had theirs", {}, 1, "promo.already_redeemed"],
    ["who has had theirs is told that, not that all are gone", { redeemed: 100 }, 1, "promo.already_redeemed"],
    ["for tariffs that the account has not", { tariffIds: ["phone"] }, 0, "promo.other_tariffs"],
  ])("%s", (_name, change, redeemedBefore, refused) => {
    expect(promoTerms({ ...code, ...change }, [internet, tv], redeemedBefore, today)).toEqual({ refused });
  });

  test("to an account without subscriptions", () => {
    expect(promoTerms(code, [], 0, today)).toEqual({ refused: "promo.other_tariffs" });
  });
});

test("31 August and six months is the last of February, not a day in March", () => {
  const six = { ...code, months: 6, validFrom: toDay("2026-08-01") };
  expect(promoTerms(six, [internet], 0, toDay("2026-08-31"))).toMatchObject({ granted: [{ validTo: "2027-02-28" }] });
});

test("a code is the same in any case and with spaces around it", () => {
  expect(promoKey("  лето-2026 ")).toBe("ЛЕТО-2026");
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zа-я0-9-]{3,20}$/), (typed) => promoKey(promoKey(typed)) === promoKey(typed)),
  );
});

test("a code never gives more discounts than it has subscriptions to give them to, and each has one size", () => {
  const anyPromo = fc.record({
    size: fc.oneof(fc.integer({ min: 1, max: 10_000 }), fc.bigInt({ min: 1n, max: 10n ** 8n })),
    tariffIds: fc.subarray(["home", "tv", "phone"]),
    count: fc.integer({ min: 0, max: 5 }),
  });
  fc.assert(
    fc.property(anyPromo, ({ size, tariffIds, count }) => {
      const sized =
        typeof size === "bigint" ? { percentBp: null, amountMinor: size } : { percentBp: size, amountMinor: null };
      const all = Array.from({ length: count }, (_, index) => ({
        subscriptionId: `s${index}`,
        tariffId: ["home", "tv", "phone"][index % 3] ?? "home",
      }));
      const terms = promoTerms({ ...code, ...sized, tariffIds }, all, 0, today);
      if ("refused" in terms) return terms.refused === "promo.other_tariffs";
      return (
        terms.granted.length <= count &&
        terms.granted.every((one) => (one.percentBp === null) !== (one.amountMinor === null))
      );
    }),
  );
});
