import type { VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/lib/cn";
import { buttonStyle } from "./button-style";

export { buttonStyle };

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
  shape,
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
      className={cn(buttonStyle({ kind, size, shape, wide }), className)}
    >
      {busy ? <LoaderCircle aria-hidden="true" className="motion-safe:animate-spin" /> : icon}
      {busy || children}
    </button>
  );
}
