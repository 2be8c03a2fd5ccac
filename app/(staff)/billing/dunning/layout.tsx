import type { ReactNode } from "react";
import { ClientMessages } from "@/components/i18n/client-messages";

export default function RemindersLayout({ children }: { children: ReactNode }) {
  return <ClientMessages namespaces={["reminders"]}>{children}</ClientMessages>;
}
