import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/lib/cn";
import { Mark } from "./mark";

/** A hairline card. Give it `CardHeader` and a body; pad the body yourself or pass `padded`. */
export function Card({ padded = false, className, ...rest }: ComponentProps<"section"> & { padded?: boolean }) {
  return <section {...rest} className={cn("card min-w-0", padded && "p-4 sm:px-[18px]", className)} />;
}

type HeaderProps = {
  title: ReactNode;
  sub?: ReactNode;
  action?: ReactNode;
  as?: "h2" | "h3";
  className?: string;
  id?: string;
};

export function CardHeader({ title, sub, action, as: Heading = "h2", className, id }: HeaderProps) {
  return (
    <div className={cn("flex flex-wrap items-start justify-between gap-x-4 gap-y-1 px-4 pt-3.5 pb-2.5", className)}>
      <div className="min-w-0 flex-1 basis-48">
        <Heading id={id} className="text-[1rem] font-semibold tracking-[-0.01em]">
          {title}
        </Heading>
        {sub ? <p className="mt-px text-label text-muted">{sub}</p> : null}
      </div>
      {action ? <div className="flex flex-wrap items-center gap-2 text-small text-muted">{action}</div> : null}
    </div>
  );
}

/** The dark card of the first screen; one a page. */
export function NightCard({ className, children, ...rest }: ComponentProps<"section">) {
  return (
    <section
      {...rest}
      className={cn(
        "on-night relative overflow-hidden rounded-hero bg-night text-night-ink print:border print:border-night-line",
        className,
      )}
    >
      <Mark className="pointer-events-none absolute -top-[58px] right-3.5 size-[150px] opacity-[0.055] print:hidden" />
      {children}
    </section>
  );
}
