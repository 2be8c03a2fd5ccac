import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";

type Props = {
  happened: ReactNode;
  /** What is safe: money, data, the text already typed. */
  kept?: ReactNode;
  todo?: ReactNode;
  action?: ReactNode;
  /** What support can find it by. */
  code?: string;
  className?: string;
};

/** What happened, what was kept, what to do: in that order. */
export function ErrorState({ happened, kept, todo, action, code, className }: Props) {
  return (
    <div role="alert" className={cn("flex items-start gap-3 p-4", className)}>
      <CircleAlert aria-hidden="true" className="mt-px size-5 shrink-0 text-danger" />
      <div className="grid min-w-0 gap-1">
        <p className="font-semibold">{happened}</p>
        {kept ? <p className="text-small text-muted">{kept}</p> : null}
        {todo ? <p className="text-small text-muted">{todo}</p> : null}
        {code ? <p className="id text-muted">{code}</p> : null}
        {action ? <div className="mt-2 flex flex-wrap gap-2">{action}</div> : null}
      </div>
    </div>
  );
}
