"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { isCurrent, withKept } from "./nav-item";

type Props = {
  href: string;
  exact?: boolean | undefined;
  also?: readonly string[] | undefined;
  keep?: readonly string[] | undefined;
  className: string;
  label?: string;
  children: ReactNode;
};

/** A link of a menu that knows whether it leads here. */
export function NavLink({ href, exact, also, keep, className, label, children }: Props) {
  const current = isCurrent({ href, exact: exact ?? false, also: also ?? [] }, usePathname());
  const params = useSearchParams();
  return (
    <Link
      href={withKept(href, keep, params)}
      aria-label={label}
      aria-current={current ? "page" : undefined}
      className={className}
    >
      {children}
    </Link>
  );
}
