import { Check } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/lib/cn";

type Props = Omit<ComponentProps<"input">, "type"> & { label: ReactNode; hint?: ReactNode };

/** A tick with its words; the whole line is the target. */
export function Checkbox({ label, hint, className, ...rest }: Props) {
  return (
    <label
      className={cn("flex min-h-11 cursor-pointer items-start gap-3 py-2.5 has-disabled:cursor-not-allowed", className)}
    >
      <span className="relative mt-px grid size-5 shrink-0 place-items-center">
        <input
          {...rest}
          type="checkbox"
          className="peer absolute inset-0 m-0 size-5 cursor-inherit appearance-none rounded-[6px] border border-control bg-surface checked:border-signal-fill checked:bg-signal-fill disabled:bg-sunken focus-visible:rounded-[6px]"
        />
        <Check
          aria-hidden="true"
          strokeWidth={3}
          className="pointer-events-none relative size-3.5 text-on-signal opacity-0 peer-checked:opacity-100"
        />
      </span>
      <span>
        <span className="block leading-5">{label}</span>
        {hint ? <span className="mt-0.5 block text-small text-muted">{hint}</span> : null}
      </span>
    </label>
  );
}
