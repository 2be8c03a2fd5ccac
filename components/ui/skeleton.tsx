import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";

/** A grey shape where something will stand. Put it inside `Loading`, which says so in words. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cn("block min-h-4 animate-breathe rounded-[6px] bg-line", className)} />;
}

/** Names the wait for screen readers and shows its words to the rest. */
export function Loading({ label, className, children }: { label?: string; className?: string; children?: ReactNode }) {
  const t = useTranslations("ui");
  return (
    <div role="status" className={className}>
      {children}
      <span className={children ? "sr-only" : "text-small text-muted"}>{label ?? t("loading")}</span>
    </div>
  );
}
