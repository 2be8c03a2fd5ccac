"use client";

import { type Locale, NextIntlClientProvider, useMessages } from "next-intl";
import { type ReactNode, useMemo } from "react";
import type { Messages } from "./messages";

type Part = { [N in keyof Messages]?: Partial<Messages[N]> };
type Props = { locale: Locale; messages: Part; children: ReactNode };

/** next-intl replaces the messages of an outer provider; this adds to them. */
export function MergedMessages({ locale, messages, children }: Props) {
  const outer = useMessages();
  const merged = useMemo(() => merge(outer, messages), [outer, messages]);
  return (
    <NextIntlClientProvider locale={locale} messages={merged}>
      {children}
    </NextIntlClientProvider>
  );
}

/** Namespace by namespace: each may have come in parts. */
function merge(outer: Messages, added: Part): Messages {
  const namespaces = Object.entries(added).map(([name, words]) => [
    name,
    { ...outer[name as keyof Messages], ...words },
  ]);
  return { ...outer, ...Object.fromEntries(namespaces) };
}
