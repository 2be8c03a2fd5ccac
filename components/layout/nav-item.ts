import type { ReactNode } from "react";

export type NavItem = {
  href: string;
  label: string;
  /** A shorter word for the bar of a phone. */
  shortLabel?: string;
  /** A lucide icon without size: `<House aria-hidden="true" />`. */
  icon: ReactNode;
  /** Current only on this very address, not below it: for the first page of a section. */
  exact?: boolean;
  /** Further addresses that are of the same place. */
  also?: readonly string[];
  /** Where it stands on a phone; unsaid = the first four in the bar, the rest behind «Ещё». */
  phone?: "bar" | "more";
  /** Search parameters of the present address that go along, such as the account one looks at. */
  keep?: readonly string[];
};

/** `href` with those of the present parameters that it keeps. */
export function withKept(href: string, keep: readonly string[] | undefined, params: URLSearchParams): string {
  const kept = new URLSearchParams((keep ?? []).flatMap((name) => params.getAll(name).map((value) => [name, value])));
  return kept.size > 0 ? `${href}?${kept}` : href;
}

export function isCurrent(
  { href, exact, also = [] }: Pick<NavItem, "href" | "exact" | "also">,
  pathname: string,
): boolean {
  return [href, ...also].some((one) => pathname === one || (!exact && pathname.startsWith(`${one}/`)));
}

const BAR_PLACES = 4;

/** Who stands in the bar of a phone and who waits behind «Ещё»; the bar never holds more than four and that. */
export function splitForPhone(items: readonly NavItem[]): { bar: NavItem[]; more: NavItem[] } {
  const placed = items.some((item) => item.phone === "bar");
  const wanted = items.filter((item) => (placed ? item.phone === "bar" : item.phone !== "more"));
  const bar = wanted.slice(0, BAR_PLACES);
  return { bar, more: items.filter((item) => !bar.includes(item)) };
}
