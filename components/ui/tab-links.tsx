import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";

export type TabLink = { href: string; label: ReactNode; count?: ReactNode; current?: boolean };

/**
 * Tabs that are addresses: they survive a reload, a share and the back button, and need no JavaScript. On a narrow screen they go on
 * in a second row: one that is scrolled out of sight, the current one too, would not be there.
 */
export function TabLinks({
  label,
  items,
  className,
}: {
  label: string;
  items: readonly TabLink[];
  className?: string;
}) {
  return (
    <nav aria-label={label} className={cn("flex flex-wrap gap-x-4 border-b border-line", className)}>
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          aria-current={item.current ? "page" : undefined}
          className="tab inline-flex items-center gap-1.5 py-2 text-small font-medium whitespace-nowrap text-muted hover:text-ink aria-[current=page]:text-ink"
        >
          {item.label}
          {item.count === undefined ? null : <span className="num">{item.count}</span>}
        </Link>
      ))}
    </nav>
  );
}
