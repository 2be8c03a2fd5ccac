import type { ReactNode } from "react";
import { ClientMessages } from "@/components/i18n/client-messages";

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return <ClientMessages namespaces={["settings"]}>{children}</ClientMessages>;
}
