"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { formatMonth } from "@/components/i18n/format-date";
import type { Messages } from "@/components/i18n/messages";
import { useFormCall } from "@/components/trpc/use-form-call";
import { showToast } from "@/components/ui/toast";

type Reason = keyof Messages["settings"]["errors"]["reason"];

/** Saving a form of settings; what is saved is shown anew. */
export function useSettingForm() {
  const t = useTranslations("settings");
  const locale = useLocale();
  const router = useRouter();
  const { send, refused, ...form } = useFormCall({
    offline: t("errors.offline"),
    fields: t("errors.fields"),
    of(reason, details) {
      const key = `errors.reason.${reason.replaceAll(".", "_")}` as `errors.reason.${Reason}`;
      if (!t.has(key)) return null;
      const month = details.month ? formatMonth(String(details.month), locale).toLocaleLowerCase(locale) : "";
      return t(key, { month, code: String(details.code ?? "") });
    },
  });
  return {
    ...form,
    refused,
    isStale: refused?.reason === "setting.changed_meanwhile",
    save: (unread: readonly string[], call: () => Promise<void>) =>
      send(unread, call, () => {
        showToast({ tone: "ok", title: t("saved") });
        router.refresh();
      }),
    /** Shows what somebody else has saved: the form begins anew with it. */
    reload: () => router.refresh(),
  };
}

export type SettingForm = ReturnType<typeof useSettingForm>;
