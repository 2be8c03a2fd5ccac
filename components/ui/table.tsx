import type { ComponentProps } from "react";
import { cn } from "@/components/lib/cn";

type TableProps = ComponentProps<"table"> & {
  /** Names the table, and its scrolling box for the keyboard. */
  label: string;
  /** Keeps the head in sight: give the height that the rows scroll in, "60dvh". */
  maxHeight?: string;
  dense?: boolean;
};

/** A box that scrolls must be reachable by the keyboard. */
const REACHABLE = { tabIndex: 0 };

/** A table that scrolls inside its card, never the page; the first column stays readable at 320 px. */
export function Table({ label, maxHeight, dense = false, className, ...rest }: TableProps) {
  return (
    <section
      aria-label={label}
      {...REACHABLE}
      className="relative overflow-auto rounded-[inherit] focus-visible:-outline-offset-2"
      style={maxHeight ? { maxHeight } : undefined}
    >
      <table
        {...rest}
        aria-label={label}
        className={cn("num w-full border-separate border-spacing-0 text-left", dense && "text-small", className)}
      />
    </section>
  );
}

export function Thead(props: ComponentProps<"thead">) {
  return <thead {...props} />;
}

export function Tbody({ className, ...rest }: ComponentProps<"tbody">) {
  return <tbody {...rest} className={cn("[&>tr:last-child>*]:border-b-0", className)} />;
}

export function Tr({ className, ...rest }: ComponentProps<"tr">) {
  return <tr {...rest} className={className} />;
}

type CellProps = { numeric?: boolean };

/** `numeric` heads a column of figures: right-aligned like the figures under it. */
export function Th({ numeric = false, className, scope = "col", ...rest }: ComponentProps<"th"> & CellProps) {
  return (
    <th
      {...rest}
      scope={scope}
      className={cn(
        "border-b border-line",
        scope === "col"
          ? "sticky top-0 z-1 bg-surface px-3.5 py-2 text-label font-medium whitespace-nowrap text-muted"
          : "px-3.5 py-2.5 font-normal",
        numeric && "text-right",
        className,
      )}
    />
  );
}

/** `numeric` cells line up on the right and never break a sum in two. */
export function Td({ numeric = false, className, ...rest }: ComponentProps<"td"> & CellProps) {
  return (
    <td
      {...rest}
      className={cn(
        "border-b border-line px-3.5 py-2.5 align-middle",
        numeric && "text-right whitespace-nowrap",
        className,
      )}
    />
  );
}
