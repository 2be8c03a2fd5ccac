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
    variants: { size: { s: "h-[36px] px-2.5 text-[0.875rem]", m: "h-11 px-3.5 text-[1rem]" } },
    defaultVariants: { size: "m" },
  },
);

type InputProps = Omit<ComponentProps<"input">, "size"> & VariantProps<typeof controlStyle>;

/** Sixteen-pixel text at size `m`, so that phones do not zoom in on focus. */
export function Input({ size, className, ...rest }: InputProps) {
  return <input {...rest} className={cn(controlStyle({ size }), className)} />;
}

type TextareaProps = ComponentProps<"textarea"> & VariantProps<typeof controlStyle>;

export function Textarea({ size, className, rows = 4, ...rest }: TextareaProps) {
  return <textarea {...rest} rows={rows} className={cn(controlStyle({ size }), "h-auto py-2.5", className)} />;
}
