import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "@/components/lib/cn";

export const controlStyle = cva(
  [
    "block w-full min-w-0 rounded-control border border-control bg-surface text-ink",
    "transition-colors duration-150 hover:border-muted",
    "focus-visible:border-info focus-visible:outline-1 focus-visible:outline-offset-0 focus-visible:rounded-control",
    "disabled:cursor-not-allowed disabled:bg-sunken disabled:text-muted aria-invalid:border-danger",
  ],
  {
    variants: {
      size: { s: "px-2.5 text-[0.875rem]", m: "px-3.5 text-[1rem]" },
      lines: { one: "", many: "py-2.5" },
    },
    compoundVariants: [
      { lines: "one", size: "s", class: "h-[36px]" },
      { lines: "one", size: "m", class: "h-11" },
    ],
    defaultVariants: { size: "m", lines: "one" },
  },
);

export type ControlSize = Pick<VariantProps<typeof controlStyle>, "size">;

type InputProps = Omit<ComponentProps<"input">, "size"> & ControlSize;

/** Sixteen-pixel text at size `m`, so that phones do not zoom in on focus. */
export function Input({ size, className, ...rest }: InputProps) {
  return <input {...rest} className={cn(controlStyle({ size }), className)} />;
}

type TextareaProps = ComponentProps<"textarea"> & ControlSize;

export function Textarea({ size, className, rows = 4, ...rest }: TextareaProps) {
  return <textarea {...rest} rows={rows} className={cn(controlStyle({ size, lines: "many" }), className)} />;
}
