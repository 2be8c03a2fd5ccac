import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/lib/cn";
import { Button } from "./button";

type Props = Omit<ComponentProps<typeof Button>, "children" | "icon" | "busy" | "wide"> & {
  /** What it does, in words: read aloud and shown on hover. */
  label: string;
  children: ReactNode;
};

/** A button that is only an icon. Targets are 44 px (34 px in dense staff screens, size `s`). */
export function IconButton({ label, size = "m", kind = "ghost", className, children, ...rest }: Props) {
  return (
    <Button
      {...rest}
      kind={kind}
      size={size}
      aria-label={label}
      title={label}
      className={cn("px-0", size === "s" ? "w-[34px]" : "w-11", "text-[1.05rem]", className)}
    >
      {children}
    </Button>
  );
}
