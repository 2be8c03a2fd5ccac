"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { errorText } from "@/components/i18n/error-text";
import { formatMonth } from "@/components/i18n/format-date";
import type { Messages } from "@/components/i18n/messages";
import { type CallError, refusalOf } from "@/components/trpc/refusal";
import { showToast } from "@/components/ui/toast";

type Reason = keyof Messages["settings"]["errors"]["reason"];

interface Refused {
  /** Said below the form. */
  readonly text: string;
  /** Path of a field → what is wrong with it; null = what the field itself says of a bad value. */
  readonly fields: Readonly<Record<string, string | null>>;
  readonly isStale: boolean;
}

/** Saving a form of settings: what was refused stands at its field, what was typed stays, and what is saved is shown anew. */
export function useSettingForm() {
  const t = useTranslations("settings");
  const kinds = useTranslations("errors");
  const locale = useLocale();
  const router = useRouter();
  const [running, setRunning] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);

  const wordsOf = (reason: string, details: Readonly<Record<string, unknown>> = {}): string | null => {
    const key = `errors.reason.${reason.replaceAll(".", "_")}` as `errors.reason.${Reason}`;
    if (!t.has(key)) return null;
    const month = details.month ? formatMonth(String(details.month), locale).toLocaleLowerCase(locale) : "";
    return t(key, { month, code: String(details.code ?? "") });
  };

  function refusedBy(refusal: CallError["data"] | null): Refused {
    if (!refusal) return { text: t("errors.offline"), fields: {}, isStale: false };
    const { reason, kind, details } = refusal;
    const isStale = reason === "setting.changed_meanwhile";
    const own = wordsOf(reason, details);
    if (typeof details.field === "string") {
      return { text: t("errors.fields"), fields: { [details.field]: own }, isStale };
    }
    const fields = Object.fromEntries(Object.entries(refusal.fields ?? {}).map(([path, why]) => [path, wordsOf(why)]));
    const text = Object.keys(fields).length > 0 ? t("errors.fields") : (own ?? errorText(kinds, kind));
    return { text, fields, isStale };
  }

  return {
    running,
    refused,
    /** What is wrong with a field, in words; `own` is what it says of a value that cannot be read or is out of bounds. */
    problemOf: (path: string, own: string): string | undefined =>
      refused && path in refused.fields ? (refused.fields[path] ?? own) : undefined,
    /** Sends what was typed, unless a field (named by its path) could not even be read. */
    async save(unread: readonly string[], call: () => Promise<unknown>): Promise<void> {
      if (unread.length > 0) {
        const fields = Object.fromEntries(unread.map((path) => [path, null]));
        setRefused({ text: t("errors.fields"), fields, isStale: false });
        return;
      }
      setRunning(true);
      setRefused(null);
      try {
        await call();
        showToast({ tone: "ok", title: t("saved") });
        router.refresh();
      } catch (caught) {
        setRefused(refusedBy(refusalOf(caught)));
      } finally {
        setRunning(false);
      }
    },
    /** Shows what somebody else has saved: the form begins anew with it. */
    reload: () => router.refresh(),
  };
}

export type SettingForm = ReturnType<typeof useSettingForm>;
