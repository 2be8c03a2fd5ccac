import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";

export type BarListItem = {
  id: string;
  label: ReactNode;
  value: ReactNode;
  /** 0…100: the length against the longest. */
  percent: number;
  color?: "c1" | "c2" | "c3" | "c4" | "c5" | "c6";
  href?: string;
};

const FILL = { c1: "bg-c1", c2: "bg-c2", c3: "bg-c3", c4: "bg-c4", c5: "bg-c5", c6: "bg-c6" };

/** Named bars with their figures: a chart that is also its own table. */
export function BarList({ items, label }: { items: readonly BarListItem[]; label: string }) {
  return (
    <ul aria-label={label} className="num grid gap-2.5">
      {items.map((item) => (
        <li key={item.id} className="grid gap-1">
          <div className="flex items-baseline justify-between gap-3 text-small">
            <span className="min-w-0">
              {item.href ? (
                <Link href={item.href} className="hover:underline">
                  {item.label}
                </Link>
              ) : (
                item.label
              )}
            </span>
            <b className="font-semibold whitespace-nowrap">{item.value}</b>
          </div>
          <div aria-hidden="true" className="h-2 overflow-hidden rounded-[4px] bg-sunken">
            <div
              className={cn("h-full rounded-[4px]", FILL[item.color ?? "c1"])}
              style={{ width: `${Math.min(100, Math.max(0, item.percent))}%` }}
            />
          </div>
        </li>
      ))}
    </ul>
  );
}
