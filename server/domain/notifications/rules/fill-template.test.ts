import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkTemplate, fillTemplate } from "./fill-template";

describe("a template", () => {
  test("is filled in one pass: a value is text, whatever it looks like", () => {
    const values = { name: "{link} <script>$&</script>", account: "100200", link: "https://my.example/pay" };
    expect(fillTemplate("{name}, л/с {account}: {link}", values)).toBe(
      "{link} <script>$&</script>, л/с 100200: https://my.example/pay",
    );
  });

  test("lets no value begin another header or line", () => {
    const filled = fillTemplate("Счёт {account}", { account: "1\r\nBcc: all@example.com\u2028x\u202E" });
    expect(filled).toBe("Счёт 1 Bcc: all@example.com x");
  });

  test("is not filled with what an object carries by itself", () => {
    expect(() => fillTemplate("{constructor}", {})).toThrow("template.no_value");
    expect(() => fillTemplate("{__proto__}", {})).toThrow("template.no_value");
  });

  test.each([
    ["{amount} до {day}", null],
    ["без подстановок", null],
    ["{summa}", "template.unknown_placeholder"],
    ["{ amount }", "template.unknown_placeholder"],
    ["{tariff}", "template.unknown_placeholder"],
    ["{}", "template.unknown_placeholder"],
    ["{amount", "template.stray_brace"],
    ["amount}", "template.stray_brace"],
    ["{{amount}}", "template.stray_brace"],
  ])("«%s» of money that ends is refused as %s", (text, reason) => {
    if (reason === null) expect(() => checkTemplate("money_ends", text)).not.toThrow();
    else expect(() => checkTemplate("money_ends", text)).toThrow(reason);
  });

  test("that was accepted can be filled, whatever the values", () => {
    const parts = fc.array(fc.constantFrom("{amount}", "{day}", "{link}", " ", "текст", "<b>", "$1", "\n"), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(parts, fc.string({ unit: "grapheme" }), (list, value) => {
        const text = list.join("");
        checkTemplate("payment_due", text);
        const filled = fillTemplate(text, { amount: value, day: value, link: value });
        expect(filled.split("\n").length).toBe(text.split("\n").length);
      }),
    );
  });
});
