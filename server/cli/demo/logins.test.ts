import { expect, test } from "vitest";
import { toDay } from "@/server/kernel/day";
import { chanceOf } from "./chance";
import { identifiersOf } from "./logins";
import { planPopulation } from "./population";

test("everyone of the demo signs in by phone, e-mail, contract and account, and no two by the same", () => {
  const plans = planPopulation(chanceOf(59), toDay("2025-09-01"), toDay("2026-11-25"));
  const owned = Map.groupBy(
    plans.map((plan, place) => ({ plan, place })),
    ({ plan, place }) => plan.secondOf ?? place,
  );
  const all = [...owned.values()].flatMap((homes) => {
    const [{ plan }] = homes as [(typeof homes)[0]];
    const identifiers = identifiersOf(plan, homes);
    const kinds = new Set(identifiers.map((one) => one.kind));
    const known = [plan.phone && "phone", plan.email && "email", "contract", "account"].filter(Boolean);
    expect([...kinds].sort()).toEqual(known.sort());
    return identifiers.map((one) => one.value.toLowerCase());
  });
  expect(plans[0]).toMatchObject({ phone: expect.any(String), email: expect.any(String) });
  expect(new Set(all).size).toBe(all.length);
});
