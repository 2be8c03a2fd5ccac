import type { ComponentProps, ReactNode } from "react";
import { Button } from "./button";

type Props = Omit<ComponentProps<typeof Button>, "children" | "icon" | "busy" | "wide" | "shape"> & {
  /** What it does, in words: read aloud and shown on hover. */
  label: string;
  children: ReactNode;
};

/** A button that is only an icon. Targets are 44 px (34 px in dense staff screens, size `s`). */
export function IconButton({ label, size = "m", kind = "ghost", children, ...rest }: Props) {
  return (
    <Button {...rest} kind={kind} size={size} aria-label={label} title={label} shape="icon">
      {children}
    </Button>
  );
}
