import type { ReactNode } from "react";
import { ClientMessages } from "@/components/i18n/client-messages";
import { TrpcProvider } from "@/components/trpc/provider";
import { requirePage } from "@/server/auth/require-page";
import { readProfile } from "./_components/read-profile";

type Props = { params: Promise<{ accountId: string }>; children: ReactNode };

/** Asks for the account before anything is sent: once the loading face is on its way the answer can no longer be 404. */
export default async function SubscriberLayout({ params, children }: Props) {
  await requirePage("customer:search");
  await readProfile((await params).accountId);
  return (
    <ClientMessages
      namespaces={["subscribers", "addons", "changes", "documents", "reminders", "usage", "sandbox.copy"]}
    >
      <TrpcProvider>{children}</TrpcProvider>
    </ClientMessages>
  );
}
