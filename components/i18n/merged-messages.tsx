"use client";

import { type Locale, NextIntlClientProvider, useMessages } from "next-intl";
import { type ReactNode, useMemo } from "react";
import type { Messages } from "./messages";

type Props = { locale: Locale; messages: Partial<Messages>; children: ReactNode };

/** next-intl replaces the messages of an outer provider; this adds to them. */
export function MergedMessages({ locale, messages, children }: Props) {
  const outer = useMessages();
  const merged = useMemo(() => ({ ...outer, ...messages }), [outer, messages]);
  return (
    <NextIntlClientProvider locale={locale} messages={merged}>
      {children}
    </NextIntlClientProvider>
  );
}
