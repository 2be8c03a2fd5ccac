import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";

export type KeyValueItem = { key: string; label: ReactNode; value: ReactNode };

/** Facts in two columns; one under another where there is no room. */
export function KeyValue({ items, className }: { items: readonly KeyValueItem[]; className?: string }) {
  return (
    <dl className={cn("@container grid gap-y-1.5 text-[0.84375rem]", className)}>
      {items.map((item) => (
        <div key={item.key} className="grid gap-x-2.5 @2xs:grid-cols-[minmax(6.5rem,9rem)_1fr]">
          <dt className="text-muted">{item.label}</dt>
          <dd className="min-w-0">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
