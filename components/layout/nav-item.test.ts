import { describe, expect, test } from "vitest";
import { isCurrent, type NavItem, splitForPhone, withKept } from "./nav-item";

const item = (href: string, rest: Partial<NavItem> = {}): NavItem => ({ href, label: href, icon: null, ...rest });

describe("the current item", () => {
  test.each([
    ["/my", true, "/my", true],
    ["/my", true, "/my/statement", false],
    ["/crm", false, "/crm/customers/1", true],
    ["/crm", false, "/crm-old", false],
  ])("%s (exact: %s) at %s is current: %s", (href, exact, pathname, current) => {
    expect(isCurrent({ href, exact }, pathname)).toBe(current);
  });

  test("is also current at the further addresses of its place", () => {
    const billing = { href: "/billing/invoices", also: ["/billing/periods"] };
    expect(isCurrent(billing, "/billing/periods")).toBe(true);
    expect(isCurrent(billing, "/billing/dunning")).toBe(false);
  });
});

describe("the bar of a phone", () => {
  test("takes the first four when nobody says otherwise", () => {
    const items = ["/a", "/b", "/c", "/d", "/e"].map((href) => item(href));
    const { bar, more } = splitForPhone(items);
    expect(bar.map((one) => one.href)).toEqual(["/a", "/b", "/c", "/d"]);
    expect(more.map((one) => one.href)).toEqual(["/e"]);
  });

  test("takes those who ask for it, and loses nobody", () => {
    const items = [item("/a", { phone: "bar" }), item("/b"), item("/c", { phone: "bar" })];
    const { bar, more } = splitForPhone(items);
    expect(bar.map((one) => one.href)).toEqual(["/a", "/c"]);
    expect(more.map((one) => one.href)).toEqual(["/b"]);
  });
});

test("a link keeps the parameters it was told to keep, and no others", () => {
  const params = new URLSearchParams("account=1&cursor=9");
  expect(withKept("/my/statement", ["account"], params)).toBe("/my/statement?account=1");
  expect(withKept("/my/statement", ["account"], new URLSearchParams("cursor=9"))).toBe("/my/statement");
  expect(withKept("/my", undefined, params)).toBe("/my");
});
