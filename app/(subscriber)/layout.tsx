import type { ReactNode } from "react";
import { CabinetFrame } from "@/components/cabinet/cabinet-frame";
import { api } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";

export default async function CabinetLayout({ children }: { children: ReactNode }) {
  await requirePage("cabinet:home");
  const caller = await api();
  const [accounts, { testMode }] = await Promise.all([caller.cabinet.accounts(), caller.payments.mode()]);
  return (
    <CabinetFrame accounts={accounts} testMode={testMode}>
      {children}
    </CabinetFrame>
  );
}
