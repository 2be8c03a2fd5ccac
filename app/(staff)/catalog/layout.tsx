import type { ReactNode } from "react";
import { ClientMessages } from "@/components/i18n/client-messages";
import { TrpcProvider } from "@/components/trpc/provider";

export default function CatalogLayout({ children }: { children: ReactNode }) {
  return (
    <ClientMessages namespaces={["catalog"]}>
      <TrpcProvider>{children}</TrpcProvider>
    </ClientMessages>
  );
}
