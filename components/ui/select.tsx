import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "@/components/lib/cn";
import { type ControlSize, controlStyle } from "./input";

export type SelectOption = { value: string; label: string; disabled?: boolean };

type Props = Omit<ComponentProps<"select">, "size" | "children"> & ControlSize & { options: readonly SelectOption[] };

/** The platform's own list: works without JavaScript, in a form or a filter, and with a thumb. */
export function Select({ options, size, className, ...rest }: Props) {
  return (
    <span className={cn("relative block", className)}>
      <select {...rest} className={cn(controlStyle({ size }), "appearance-none truncate pr-9")}>
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-muted"
      />
    </span>
  );
}
