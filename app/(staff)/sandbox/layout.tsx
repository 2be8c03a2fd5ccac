import type { ReactNode } from "react";
import { ClientMessages } from "@/components/i18n/client-messages";
import { TrpcProvider } from "@/components/trpc/provider";

export default function SandboxLayout({ children }: { children: ReactNode }) {
  return (
    <ClientMessages namespaces={["sandbox", "runs.reason", "subscribers.errors", "subscribers.dialog"]}>
      <TrpcProvider>{children}</TrpcProvider>
    </ClientMessages>
  );
}
