import { getLocale, getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import { MergedMessages } from "./merged-messages";
import type { Messages, Namespace } from "./messages";

/** Sends to the browser only the namespaces that the client components inside need, on top of those already sent. */
export async function ClientMessages({ namespaces, children }: { namespaces: Namespace[]; children: ReactNode }) {
  const [locale, all] = await Promise.all([getLocale(), getMessages()]);
  const picked: Partial<Messages> = Object.fromEntries(namespaces.map((name) => [name, all[name]]));
  return (
    <MergedMessages locale={locale} messages={picked}>
      {children}
    </MergedMessages>
  );
}
