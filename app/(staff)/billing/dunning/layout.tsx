import type { ReactNode } from "react";
import { ClientMessages } from "@/components/i18n/client-messages";
import { TrpcProvider } from "@/components/trpc/provider";

export default function RemindersLayout({ children }: { children: ReactNode }) {
  return (
    <ClientMessages namespaces={["reminders", "subscribers"]}>
      <TrpcProvider>{children}</TrpcProvider>
    </ClientMessages>
  );
}
