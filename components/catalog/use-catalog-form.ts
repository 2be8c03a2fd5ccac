"use client";

import { useTranslations } from "next-intl";
import type { Messages } from "@/components/i18n/messages";
import { useFormCall } from "@/components/trpc/use-form-call";

type Reason = keyof Messages["catalog"]["errors"]["reason"];

/** Sending a form of the catalog, its refusals in the catalog's words. */
export function useCatalogForm() {
  const t = useTranslations("catalog.errors");
  return useFormCall({
    offline: t("offline"),
    fields: t("fields"),
    of(reason) {
      const key = `reason.${reason.replaceAll(".", "_")}` as `reason.${Reason}`;
      return t.has(key) ? t(key) : null;
    },
  });
}
