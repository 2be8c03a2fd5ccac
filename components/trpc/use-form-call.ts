"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { errorText } from "@/components/i18n/error-text";
import { type CallError, refusalOf } from "./refusal";

/** What a form says of a call that failed, in the words of its module. */
export interface FormWords {
  readonly offline: string;
  /** Below the form, when what is wrong stands at its fields. */
  readonly fields: string;
  /** What a verb refused for; null when the module has no words for it. */
  of(reason: string, details: Readonly<Record<string, unknown>>): string | null;
}

export interface Refused {
  readonly reason: string | null;
  readonly text: string;
  /** Path of a field → what is wrong with it; null = what the field itself says of a bad value. */
  readonly fields: Readonly<Record<string, string | null>>;
}

/** Sending a form: what is refused stands at its field, what was typed stays, and nothing changes before the server has answered. */
export function useFormCall(words: FormWords) {
  const kinds = useTranslations("errors");
  const [running, setRunning] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);

  function refusedBy(refusal: CallError["data"] | null): Refused {
    if (!refusal) return { reason: null, text: words.offline, fields: {} };
    const { reason, kind, details } = refusal;
    const own = words.of(reason, details);
    if (typeof details.field === "string") return { reason, text: words.fields, fields: { [details.field]: own } };
    const fields = Object.fromEntries(
      Object.entries(refusal.fields ?? {}).map(([path, why]) => [path, words.of(why, {})]),
    );
    const text = Object.keys(fields).length > 0 ? words.fields : (own ?? errorText(kinds, kind));
    return { reason, text, fields };
  }

  return {
    running,
    refused,
    /** What is wrong with a field, or inside it; `own` is what it says of a value that cannot be read or is out of bounds. */
    problemOf(path: string, own: string): string | undefined {
      const [found] = Object.entries(refused?.fields ?? {}).filter(([at]) => at === path || at.startsWith(`${path}.`));
      return found ? (found[1] ?? own) : undefined;
    },
    /** Calls, unless a field (named by its path) could not even be read; `then` is for when it is done. */
    async send<Answer>(unread: readonly string[], call: () => Promise<Answer>, then: (answer: Answer) => void) {
      if (unread.length > 0) {
        setRefused({
          reason: null,
          text: words.fields,
          fields: Object.fromEntries(unread.map((path) => [path, null])),
        });
        return;
      }
      setRunning(true);
      setRefused(null);
      try {
        then(await call());
      } catch (caught) {
        setRefused(refusedBy(refusalOf(caught)));
      } finally {
        setRunning(false);
      }
    },
  };
}

export type FormCall = ReturnType<typeof useFormCall>;
