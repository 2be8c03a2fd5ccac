import Link from "next/link";
import type { ComponentProps } from "react";
import { cn } from "@/components/lib/cn";

/** A link inside text or a table: quietly underlined, so that it is seen without colour. */
export function TextLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      {...rest}
      className={cn("underline decoration-line underline-offset-3 hover:decoration-current", className)}
    />
  );
}
