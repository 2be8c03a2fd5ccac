import { cva, type VariantProps } from "class-variance-authority";
import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";

const style = cva("inline-flex max-w-full items-center gap-1.5 whitespace-nowrap font-medium", {
  variants: {
    tone: {
      ok: "text-ok",
      warn: "text-warn",
      danger: "text-danger",
      info: "text-info",
      off: "text-muted",
    },
    size: { m: "text-small", s: "text-tiny" },
    bare: { true: "", false: "" },
  },
  compoundVariants: [
    { bare: false, size: "m", class: "rounded-full py-[3px] pr-2.5 pl-2" },
    { bare: false, size: "s", class: "rounded-[6px] px-[7px] py-px" },
    { bare: false, tone: "ok", class: "bg-ok-soft" },
    { bare: false, tone: "warn", class: "bg-warn-soft" },
    { bare: false, tone: "danger", class: "bg-danger-soft" },
    { bare: false, tone: "info", class: "bg-info-soft" },
    { bare: false, tone: "off", class: "bg-sunken" },
  ],
  defaultVariants: { tone: "off", size: "m", bare: false },
});

export type Tone = NonNullable<VariantProps<typeof style>["tone"]>;

type Props = { tone: Tone; size?: "m" | "s"; bare?: boolean; children: ReactNode; className?: string };

/** The one way a state is shown: a dot and a word, so that colour is never alone. `bare` drops the ground. */
export function StatusBadge({ tone, size = "m", bare = false, children, className }: Props) {
  return (
    <span className={cn(style({ tone, size, bare }), className)}>
      <span data-dot aria-hidden="true" className="size-[7px] shrink-0 rounded-full bg-current" />
      <span className="truncate">{children}</span>
    </span>
  );
}
