import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";
import { Mark } from "@/components/ui/mark";

type Props = {
  title: ReactNode /** Why it is empty and what would fill it. */;
  text?: ReactNode;
  action?: ReactNode;
  className?: string;
};

/** Nothing here yet, said calmly, with the knot and the next step. */
export function EmptyState({ title, text, action, className }: Props) {
  return (
    <div className={cn("grid justify-items-center gap-1.5 px-5 py-10 text-center", className)}>
      <Mark className="mb-2 size-16 stroke-[1.6] text-faint" />
      <p className="font-semibold">{title}</p>
      {text ? <p className="max-w-sm text-small text-balance text-muted">{text}</p> : null}
      {action ? <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
