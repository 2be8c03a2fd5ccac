import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";

export type TimelineItem = {
  id: string;
  title: ReactNode;
  /** `<Instant />`, and whatever explains the line: «17 из 30 дней», «почему столько». */
  note?: ReactNode;
  /** `<Money movement />`, a badge, a word. */
  end?: ReactNode;
};

/** Events one under another, newest first, with a figure on the right: operations, payments, the log of a service. */
export function Timeline({
  items,
  label,
  className,
}: {
  items: readonly TimelineItem[];
  label: string;
  className?: string;
}) {
  return (
    <ol aria-label={label} className={cn("divide-y divide-line", className)}>
      {items.map((item) => (
        <li key={item.id} className="flex items-start justify-between gap-3 px-4 py-3">
          <div className="min-w-0">
            <div>{item.title}</div>
            {item.note ? <div className="text-small text-muted">{item.note}</div> : null}
          </div>
          {item.end ? <div className="shrink-0 text-right font-semibold">{item.end}</div> : null}
        </li>
      ))}
    </ol>
  );
}
