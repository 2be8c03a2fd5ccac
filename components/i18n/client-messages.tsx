import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import { MergedMessages } from "./merged-messages";
import type { Messages, Namespace } from "./messages";

type Props = { namespaces: Namespace[]; children: ReactNode };

async function pick(namespaces: Namespace[]): Promise<Partial<Messages>> {
  const all = await getMessages();
  return Object.fromEntries(namespaces.map((name) => [name, all[name]]));
}

/** The words every page sends to the browser; once, in the root layout. */
export async function RootMessages({ namespaces, children }: Props) {
  return <NextIntlClientProvider messages={await pick(namespaces)}>{children}</NextIntlClientProvider>;
}

/** Sends to the browser the namespaces that the client components inside need, on top of those already sent. */
export async function ClientMessages({ namespaces, children }: Props) {
  const [locale, messages] = await Promise.all([getLocale(), pick(namespaces)]);
  return (
    <MergedMessages locale={locale} messages={messages}>
      {children}
    </MergedMessages>
  );
}
