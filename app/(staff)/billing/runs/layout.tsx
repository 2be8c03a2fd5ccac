import type { ReactNode } from "react";
import { ClientMessages } from "@/components/i18n/client-messages";

export default function RunsLayout({ children }: { children: ReactNode }) {
  return <ClientMessages namespaces={["runs.act", "runs.open"]}>{children}</ClientMessages>;
}
