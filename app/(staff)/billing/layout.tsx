import type { ReactNode } from "react";
import { ClientMessages } from "@/components/i18n/client-messages";
import { TrpcProvider } from "@/components/trpc/provider";

export default function BillingLayout({ children }: { children: ReactNode }) {
  return (
    <ClientMessages namespaces={["bank", "billing", "subscribers", "usage"]}>
      <TrpcProvider>{children}</TrpcProvider>
    </ClientMessages>
  );
}
