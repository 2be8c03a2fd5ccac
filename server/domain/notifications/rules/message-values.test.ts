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
    const tariff = event === "trial_ends" ? { nameRu: "Кино", nameEn: "Films" } : null;
    const occasion: Occasion = { event, on: "2026-12-01" as Day, amountMinor: 300_00n, chargeMinor: 650_00n, tariff };
    const text = PLACEHOLDERS[event].map((name) => `{${name}}`).join("|");
    checkTemplate(event, text);
    const filled = fillTemplate(text, messageValues(anna, occasion, house));
    expect(filled).not.toMatch(/[{}]/);
    expect(filled).toContain("1\u00A0декабря|300\u00A0₽");
    expect(filled).toContain("−0,50\u00A0₽");
  });
  test("a template's code tells its event", () => {
    expect(["money_ends_on", "payment_due_after", "trial_ends_before"].map(eventOfTemplate)).toEqual(REMINDER_EVENTS);
  });
});

test("a letter needs an address and a short message a phone; what is kept of either is masked", () => {
  const both = { phone: "+79120000041", email: "anna@mail.example" };
  expect(recipientOf(both, "email")).toEqual({ address: both.email, masked: "a···@mail.example" });
  expect(recipientOf(both, "sms")?.masked).not.toContain("0000");
  expect(recipientOf({ ...both, email: null }, "email")).toBeNull();
  expect(recipientOf({ ...both, phone: null }, "messenger")).toBeNull();
});
