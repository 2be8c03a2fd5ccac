import { describe, expect, test } from "vitest";
import { messages } from "./index";

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, path = ""): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const at = path === "" ? key : `${path}.${key}`;
    if (typeof value === "string") flat.set(at, value);
    else for (const [name, text] of flatten(value, at)) flat.set(name, text);
  }
  return flat;
}

/** Walks one ICU message and collects its arguments («count:plural») and rich-text tags, in branches too. */
function argumentsOf(text: string): string[] {
  const names = new Set<string>([...text.matchAll(/<([A-Za-z]+)>/g)].map((match) => `<${match[1]}>`));
  let at = 0;
  const until = (stop: RegExp): string => {
    const start = at;
    while (at < text.length && !stop.test(text.charAt(at))) at += 1;
    return text.slice(start, at).trim();
  };
  const message = (): void => {
    for (until(/[{}]/); text.charAt(at) === "{"; until(/[{}]/)) argument();
  };
  const argument = (): void => {
    at += 1;
    const name = until(/[,}]/);
    if (text.charAt(at) === ",") at += 1;
    const kind = until(/[,}]/);
    names.add(kind === "" ? name : `${name}:${kind}`);
    for (until(/[{}]/); text.charAt(at) === "{"; until(/[{}]/)) {
      at += 1;
      message();
      at += 1;
    }
    at += 1;
  };
  message();
  return [...names].sort();
}

const namespaces = Object.keys(messages.ru) as (keyof typeof messages.ru)[];

test("both languages hold the same namespaces", () => {
  expect(Object.keys(messages.en).sort()).toEqual(Object.keys(messages.ru).sort());
});

describe.each(namespaces)("%s", (namespace) => {
  const ru = flatten(messages.ru[namespace]);
  const en = flatten(messages.en[namespace]);

  test("has the same keys in Russian and English", () => {
    expect([...en.keys()].sort()).toEqual([...ru.keys()].sort());
  });

  test("takes the same arguments in Russian and English", () => {
    const of = (flat: Map<string, string>) =>
      Object.fromEntries([...flat].map(([key, text]) => [key, argumentsOf(text)]));
    expect(of(en)).toEqual(of(ru));
  });

  test("has no empty text", () => {
    expect([...ru, ...en].filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  test("has the Russian plural forms one, few and the rest wherever it counts", () => {
    const lame = [...ru].filter(
      ([, text]) =>
        /,\s*plural\s*,/.test(text) &&
        !["one", "few", "other"].every((form) => new RegExp(`\\b${form}\\s*\\{`).test(text)),
    );
    expect(lame).toEqual([]);
  });
});

test("the reader of arguments sees plurals, selects and tags but not the words of a branch", () => {
  expect(argumentsOf("{count, plural, one {# row of {total}} other {rows}} <b>{name}</b>")).toEqual([
    "<b>",
    "count:plural",
    "name",
    "total",
  ]);
});
