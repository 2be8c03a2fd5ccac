import type { ReactNode } from "react";
import { ClientMessages } from "@/components/i18n/client-messages";
import { TrpcProvider } from "@/components/trpc/provider";

export default function SubscriberLayout({ children }: { children: ReactNode }) {
  return (
    <ClientMessages namespaces={["subscribers", "documents", "reminders", "usage"]}>
      <TrpcProvider>{children}</TrpcProvider>
    </ClientMessages>
  );
}
