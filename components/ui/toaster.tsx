"use client";

import { useTranslations } from "next-intl";
import { Toaster as Sonner } from "sonner";

/** The one place toasts appear. Call `toast.success(…)`, `toast.error(…)` from `sonner`; errors go in words, in place, first. */
export function Toaster() {
  const t = useTranslations("ui");
  return (
    <Sonner
      position="top-center"
      containerAriaLabel={t("notifications")}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "card flex w-full items-start gap-3 px-4 py-3 text-small text-ink shadow-popup data-[type=error]:border-danger",
          title: "font-semibold",
          description: "text-muted",
          icon: "mt-0.5 shrink-0",
        },
      }}
    />
  );
}
