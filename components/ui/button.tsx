import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/lib/cn";

/** The look of a button, for links that act as one: `<Link className={buttonStyle({ kind: "primary" })}>`. */
export const buttonStyle = cva(
  [
    "inline-flex shrink-0 items-center justify-center gap-2 border text-center select-none",
    "rounded-control transition-colors duration-150",
    "disabled:cursor-not-allowed aria-disabled:cursor-not-allowed",
    "[&_svg]:size-[1.15em] [&_svg]:shrink-0",
  ],
  {
    variants: {
      kind: {
        primary:
          "border-signal-fill bg-signal-fill text-on-signal hover:border-signal-text hover:bg-signal-text disabled:border-line disabled:bg-sunken disabled:text-muted",
        secondary: "border-line bg-sunken text-ink hover:border-faint disabled:text-muted disabled:hover:border-line",
        ghost: "border-transparent bg-transparent text-ink hover:bg-sunken disabled:text-muted",
        danger:
          "border-danger bg-danger text-on-danger hover:brightness-95 disabled:border-line disabled:bg-sunken disabled:text-muted",
        loud: "border-transparent bg-signal-loud text-on-loud hover:brightness-105 disabled:bg-night-line disabled:text-night-muted",
      },
      size: {
        s: "min-h-[34px] px-3 py-1 text-[0.875rem] font-medium",
        m: "min-h-11 px-4.5 py-2 text-body font-semibold",
        l: "min-h-[50px] rounded-[12px] px-5 py-2.5 text-[1rem] font-bold",
      },
      wide: { true: "w-full", false: "" },
    },
    defaultVariants: { kind: "secondary", size: "m", wide: false },
  },
);

type Props = Omit<ComponentProps<"button">, "disabled"> &
  VariantProps<typeof buttonStyle> & {
    disabled?: boolean;
    /** Words for the wait («Проводим платёж…»). While given, the button is busy and cannot be pressed again. */
    busy?: string | false | undefined;
    icon?: ReactNode;
  };

/** `primary` is the one accent of a view; `loud` belongs on the night card only. Default type is `button`. */
export function Button({
  kind,
  size,
  wide,
  busy,
  disabled,
  icon,
  className,
  children,
  type = "button",
  ...rest
}: Props) {
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled || Boolean(busy)}
      aria-busy={busy ? true : undefined}
      className={cn(buttonStyle({ kind, size, wide }), className)}
    >
      {busy ? <LoaderCircle aria-hidden="true" className="motion-safe:animate-spin" /> : icon}
      {busy || children}
    </button>
  );
}
