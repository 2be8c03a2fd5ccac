import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";

export type Stat = {
  id: string;
  label: ReactNode;
  /** `<Money />` or a formatted figure. */
  value: ReactNode;
  change?: {
    direction: "up" | "down" | "same";
    /** Growth of churn is `bad`, growth of revenue is `good`. */
    tone: "good" | "bad" | "neutral";
    text: string;
  };
  /** Opens what the figure was computed from. */
  href?: string;
};

const SIGN = { up: "▲", down: "▼", same: "" };
const TONE = { good: "text-ok", bad: "text-danger", neutral: "text-muted" };

/** A row of big figures divided by hairlines; two in a row on a phone. */
export function StatStrip({ items, label }: { items: readonly Stat[]; label: string }) {
  return (
    <section aria-label={label} className="card num mb-3.5 overflow-hidden">
      <dl className="-mt-px -ml-px grid grid-cols-2 md:grid-flow-col md:auto-cols-fr md:grid-cols-none">
        {items.map((item) => (
          <div
            key={item.id}
            className={cn(
              "relative min-w-0 border-t border-l border-line px-4 py-3.5 md:px-[18px]",
              item.href && "hover:bg-sunken",
              "max-md:last:odd:col-span-2",
            )}
          >
            <dt className="text-label font-medium text-muted">
              {item.href ? (
                <Link href={item.href} className="after:absolute after:inset-0">
                  {item.label}
                </Link>
              ) : (
                item.label
              )}
            </dt>
            <dd className="mt-0.5 text-[1.25rem] leading-[1.2] font-semibold tracking-[-0.03em] whitespace-nowrap sm:text-figure">
              {item.value}
            </dd>
            {item.change ? (
              <dd className={cn("mt-px text-small font-medium", TONE[item.change.tone])}>
                {SIGN[item.change.direction]} {item.change.text}
              </dd>
            ) : null}
          </div>
        ))}
      </dl>
    </section>
  );
}
