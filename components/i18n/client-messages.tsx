import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import { MergedMessages } from "./merged-messages";
import type { Messages, Namespace } from "./messages";

/** A whole namespace, or one part of it: `payments.form`. */
type Wanted = Namespace | { [N in Namespace]: `${N}.${keyof Messages[N] & string}` }[Namespace];
type Props = { namespaces: Wanted[]; children: ReactNode };

type Words = Record<string, unknown>;

async function pick(wanted: Wanted[]): Promise<Words> {
  const all: Record<string, Words> = await getMessages();
  const picked: Record<string, Words> = {};
  for (const name of wanted) {
    const [namespace = "", part] = name.split(".");
    const words = all[namespace] ?? {};
    picked[namespace] = part === undefined ? words : { ...picked[namespace], [part]: words[part] };
  }
  return picked;
}

/** The words every page sends to the browser; once, in the root layout. */
export async function RootMessages({ namespaces, children }: Props) {
  return <NextIntlClientProvider messages={await pick(namespaces)}>{children}</NextIntlClientProvider>;
}

/**
 * Sends to the browser the words that the client components inside need, on top of those already sent. They travel in
 * every answer, twice over: name the parts, not the namespace, where a page of the server says most of it.
 */
export async function ClientMessages({ namespaces, children }: Props) {
  const [locale, messages] = await Promise.all([getLocale(), pick(namespaces)]);
  return (
    <MergedMessages locale={locale} messages={messages}>
      {children}
    </MergedMessages>
  );
}
