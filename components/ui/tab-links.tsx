import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";

export type TabLink = { href: string; label: ReactNode; count?: ReactNode; current?: boolean };

/** Tabs that are addresses: they survive a reload, a share and the back button, and need no JavaScript. */
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
    <nav aria-label={label} className={cn("flex gap-4 overflow-x-auto border-b border-line", className)}>
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
