/** First match wins: most browsers also call themselves the ones they descend from. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/YaBrowser\//, "Яндекс Браузер"],
  [/EdgA?\/|EdgiOS\//, "Edge"],
  [/OPR\/|Opera/, "Opera"],
  [/SamsungBrowser\//, "Samsung Internet"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/Chrome\/|CriOS\/|Chromium\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "macOS"],
  [/CrOS/, "ChromeOS"],
  [/Linux/, "Linux"],
];
const PHONES = ["iPhone", "Android"];

export interface DeviceName {
  readonly browser: string | null;
  readonly system: string | null;
  readonly isPhone: boolean;
}

/** What a browser says of itself, enough for a person to know their own device again. */
export function deviceName(userAgent: string | null): DeviceName {
  const named = (table: typeof BROWSERS) => table.find(([pattern]) => pattern.test(userAgent ?? ""))?.[1] ?? null;
  const system = named(SYSTEMS);
  return { browser: named(BROWSERS), system, isPhone: system !== null && PHONES.includes(system) };
}
