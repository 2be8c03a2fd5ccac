import type { ReactNode } from "react";
import { CabinetFrame } from "@/components/cabinet/cabinet-frame";
import { ClientMessages } from "@/components/i18n/client-messages";
import { chosenTheme } from "@/components/layout/preferences";
import { api } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { ownAccounts } from "./_components/own-accounts";

export default async function CabinetLayout({ children }: { children: ReactNode }) {
  await requirePage("cabinet:home");
  const caller = await api();
  const [accounts, { testMode }, theme] = await Promise.all([ownAccounts(), caller.payments.mode(), chosenTheme()]);
  return (
    <ClientMessages namespaces={[...FRAME, ...FORM]}>
      <CabinetFrame accounts={accounts} testMode={testMode} theme={theme}>
        {children}
      </CabinetFrame>
    </ClientMessages>
  );
}

const FRAME = ["layout", "session.signOut", "cabinet.nav", "cabinet.account", "cabinet.error"] as const;
const FORM = ["payments.form", "payments.errors"] as const;
