import { expect, test } from "vitest";
import type { Day } from "@/server/kernel/day";
import { type ChangedTariff, changeOccasions } from "./change-occasions";

const tariff = (name: string) => ({ nameRu: name, nameEn: name });
const change = (changes: Partial<ChangedTariff> = {}): ChangedTariff => ({
  ...{ event: "change_scheduled", on: "2026-11-25" as Day, effectiveOn: "2026-12-01" as Day },
  ...{ from: tariff("Дом"), to: tariff("Дом 300") },
  ...{ amountMinor: 900_00n, feeMinor: 100_00n, chargeMinor: 0n, returnedMinor: 0n },
  ...changes,
});

test("changes of one day stand in one message, their sums together", () => {
  const other = change({ to: tariff("ТВ 2"), from: tariff("ТВ"), amountMinor: 300_00n, returnedMinor: 50_00n });
  expect(changeOccasions([change(), other])).toEqual([
    {
      ...{ event: "change_scheduled", on: "2026-11-25", amountMinor: 1_200_00n, chargeMinor: 0n },
      tariff: tariff("Дом 300, ТВ 2"),
      change: { from: tariff("Дом, ТВ"), effectiveOn: "2026-12-01", feeMinor: 200_00n, returnedMinor: 50_00n },
    },
  ]);
});

test("changes that come into force on different days each name theirs", () => {
  const later = change({ to: tariff("ТВ 2"), effectiveOn: "2026-12-05" as Day });
  const [told] = changeOccasions([later, change()]);
  expect(told?.tariff?.nameRu).toBe("ТВ 2 (5\u00A0декабря), Дом 300 (1\u00A0декабря)");
  expect(told?.change?.effectiveOn).toBe("2026-12-01");
});

test("what happened apart is told apart", () => {
  const told = changeOccasions([change(), change({ event: "change_made" }), change({ on: "2026-11-26" as Day })]);
  expect(told.map(({ event, on }) => `${event} ${on}`)).toEqual([
    "change_scheduled 2026-11-25",
    "change_made 2026-11-25",
    "change_scheduled 2026-11-26",
  ]);
});
