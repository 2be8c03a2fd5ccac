import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";

export type KeyValueItem = { key: string; label: ReactNode; value: ReactNode };

/** A long story has many rows: their looks are said once, by the list. */
const list =
  "@container grid gap-y-1.5 text-[0.84375rem] [&>div]:grid [&>div]:gap-x-2.5 @2xs:[&>div]:grid-cols-[minmax(6.5rem,9rem)_1fr] [&>div>dt]:text-muted [&>div>dd]:min-w-0";

/** Facts in two columns; one under another where there is no room. */
export function KeyValue({ items, className }: { items: readonly KeyValueItem[]; className?: string }) {
  return (
    <dl className={cn(list, className)}>
      {items.map((item) => (
        <div key={item.key}>
          <dt>{item.label}</dt>
          <dd>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
