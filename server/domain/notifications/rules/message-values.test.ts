import { describe, expect, test } from "vitest";
import type { Day } from "@/server/kernel/day";
import { PLACEHOLDERS, REMINDER_EVENTS } from "../constants";
import type { Occasion } from "./due-steps";
import { checkTemplate, fillTemplate } from "./fill-template";
import { eventOfTemplate, messageValues, recipientOf } from "./message-values";

const anna = { number: "100200", name: "Анна", locale: "ru", balanceMinor: -50n } as const;
const house = { payUrl: "https://my.example/pay", operator: "ООО «Узел»" };

describe("the values of a message", () => {
  test.each(REMINDER_EVENTS)("hold every placeholder that a template of %s may name", (event) => {
    const tariff = event.endsWith("_due") || event === "money_ends" ? null : { nameRu: "Кино", nameEn: "Films" };
    const on = "2026-12-01" as Day;
    const change = {
      ...{ from: { nameRu: "Дом", nameEn: "Home" }, effectiveOn: on, feeMinor: 100_00n, returnedMinor: 50_00n },
    };
    const occasion: Occasion = {
      ...{ event, on, amountMinor: 300_00n, chargeMinor: 650_00n, tariff, beforeMinor: 200_00n },
      ...(event.startsWith("change_") && { change }),
    };
    const text = PLACEHOLDERS[event].map((name) => `{${name}}`).join("|");
    checkTemplate(event, text);
    const filled = fillTemplate(text, messageValues(anna, occasion, house));
    expect(filled).not.toMatch(/[{}]/);
    expect(filled).toContain("1\u00A0декабря");
    expect(filled).toContain("−0,50\u00A0₽");
  });
  test("a template's code tells its event", () => {
    expect(REMINDER_EVENTS.map((event) => eventOfTemplate(`${event}_on`))).toEqual(REMINDER_EVENTS);
    expect(() => eventOfTemplate("weather_on")).toThrow("template.of_no_event");
  });
});

test("a letter needs an address and a short message a phone; what is kept of either is masked", () => {
  const both = { phone: "+79120000041", email: "anna@mail.example" };
  expect(recipientOf(both, "email")).toEqual({ address: both.email, masked: "a···@mail.example" });
  expect(recipientOf(both, "sms")?.masked).not.toContain("0000");
  expect(recipientOf({ ...both, email: null }, "email")).toBeNull();
  expect(recipientOf({ ...both, phone: null }, "messenger")).toBeNull();
});
