import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

type Rgb = readonly [number, number, number];

const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");
const OKLCH = /oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g;

/** Linear-light RGB of an oklch colour (Ottosson's matrices), clamped to the screen's gamut. */
function toLinear(lightness: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clamp = (value: number) => Math.min(1, Math.max(0, value));
  return [
    clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function toHex(linear: Rgb): string {
  const byte = (value: number) =>
    Math.round((value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055) * 255)
      .toString(16)
      .padStart(2, "0");
  return `#${linear.map(byte).join("")}`.toUpperCase();
}

const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

const tokens = new Map<string, { light: Rgb; dark: Rgb }>();
for (const [, name = "", value = ""] of css.matchAll(/^ {2}--([a-z0-9-]+): ((?:light-dark\()?oklch.+);$/gm)) {
  const [light, dark] = [...value.matchAll(OKLCH)].map((part) =>
    toLinear(Number(part[1]), Number(part[2]), Number(part[3])),
  );
  if (light) tokens.set(name, { light, dark: dark ?? light });
}

function token(name: string) {
  const found = tokens.get(name);
  if (!found) throw new Error(`no token --${name}`);
  return found;
}

function contrast(front: string, back: string, theme: "light" | "dark"): number {
  const [low = 0, high = 0] = [luminance(token(front)[theme]), luminance(token(back)[theme])].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

test.each([
  ["paper", "#F7F6F2", "#0E1422"],
  ["surface", "#FFFFFF", "#161F33"],
  ["ink", "#10182B", "#ECEAE4"],
  ["muted", "#5B6475", "#A2ABBD"],
  ["line", "#E5E2DA", "#26314A"],
  ["signal", "#D9480F", "#FF8A55"],
  ["signal-loud", "#FF6B2C", "#FF6B2C"],
  ["ok", "#0B7A55", "#4FD1A0"],
  ["warn", "#A15C00", "#E8B45C"],
  ["danger", "#B42318", "#FF8B7E"],
  ["info", "#1D4ED8", "#8FB0FF"],
  ["c1", "#1F4E8C", "#7FA8E6"],
  ["c2", "#E8590C", "#FF8A4C"],
  ["c3", "#0B8A6A", "#3CC79B"],
  ["c4", "#7048E8", "#A78BFA"],
  ["c5", "#C98A04", "#E6B450"],
  ["c6", "#6B7688", "#8F9AB0"],
  ["night", "#10182B", "#1B2540"],
])("--%s is the drawn colour in both themes", (name, light, dark) => {
  expect([toHex(token(name).light), toHex(token(name).dark)]).toEqual([light, dark]);
});

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
  test.each([
    ...["ink", "muted", "signal-text", "ok", "danger", "info"].flatMap((front) =>
      ["paper", "surface", "sunken"].map((back) => [front, back]),
    ),
    ["warn", "paper"],
    ["warn", "surface"],
    ...["signal-text", "ok", "warn", "danger", "info"].map((name) => [name, `${name.replace("-text", "")}-soft`]),
    ...["ok-soft", "warn-soft", "danger-soft", "info-soft", "signal-soft"].map((back) => ["ink", back]),
    ["on-signal", "signal-fill"],
    ["on-danger", "danger"],
    ["on-loud", "signal-loud"],
    ["night-ink", "night"],
    ["night-muted", "night"],
  ])("text in %s on %s reaches AA", (front = "", back = "") => {
    expect(contrast(front, back, theme)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(["control", "c1", "c2", "c3", "c4", "c6", "signal", "info"])(
    "the shape %s stands out from the surface",
    (name) => {
      expect(contrast(name, "surface", theme)).toBeGreaterThanOrEqual(3);
    },
  );
});

test("every colour token is offered to the class names", () => {
  for (const name of tokens.keys()) expect(css).toContain(`--color-${name}: var(--${name});`);
});
