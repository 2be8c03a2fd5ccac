import { describe, expect, test } from "vitest";
import { MESSAGE_LOCALES } from "../constants";
import { isOnItsSide } from "./due-steps";
import { checkTemplate } from "./fill-template";
import { eventOfTemplate } from "./message-values";
import { withStandardSteps, withStandardTexts } from "./standard-ladder";

describe("the steps that come with the product", () => {
  const steps = withStandardSteps([]);

  test("are off, stand where their event may be spoken of, and have a text in every language", () => {
    const texts = withStandardTexts([]);
    for (const step of steps) {
      expect(step.isOn).toBe(false);
      expect(isOnItsSide(step.event, step.offsetDays)).toBe(true);
      const locales = texts.filter(({ code }) => code === step.templateCode).map(({ locale }) => locale);
      expect(locales.toSorted()).toEqual([...MESSAGE_LOCALES].toSorted());
    }
    expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
  });

  test("give way to the operator's: the same step, and another on its place", () => {
    const [first, second] = steps;
    if (!first || !second) throw new Error("there are no steps");
    const known = [
      { ...first, isOn: true, offsetDays: first.offsetDays - 1 },
      { ...second, id: "another", isOn: true },
    ];
    const all = withStandardSteps(known);
    expect(all).toHaveLength(steps.length);
    expect(all.filter(({ isOn }) => isOn).map(({ id }) => id)).toEqual([first.id, "another"]);
  });
});

describe("the texts that come with the product", () => {
  test.each(withStandardTexts([]).map((text) => [`${text.code} ${text.locale}`, text] as const))(
    "%s can be filled, and is as short as it may be",
    (_name, { code, subject, body, short }) => {
      for (const text of [subject, body, short]) expect(() => checkTemplate(eventOfTemplate(code), text)).not.toThrow();
      expect(short.length).toBeLessThanOrEqual(134);
      expect(subject.length).toBeLessThanOrEqual(150);
    },
  );

  test("give way to what was rewritten, in that language alone", () => {
    const rewritten = { code: "change_made_on", locale: "ru", subject: "s", body: "b", short: "k" };
    const texts = withStandardTexts([rewritten]).filter(({ code }) => code === rewritten.code);
    expect(texts).toHaveLength(2);
    expect(texts).toContainEqual(rewritten);
  });
});
