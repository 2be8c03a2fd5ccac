"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { isCurrent } from "./nav-item";

type Props = { href: string; exact?: boolean | undefined; className: string; label?: string; children: ReactNode };

/** A link of a menu that knows whether it leads here. */
export function NavLink({ href, exact, className, label, children }: Props) {
  const current = isCurrent({ href, exact: exact ?? false }, usePathname());
  return (
    <Link href={href} aria-label={label} aria-current={current ? "page" : undefined} className={className}>
      {children}
    </Link>
  );
}
