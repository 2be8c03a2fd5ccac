import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ClientMessages } from "@/components/i18n/client-messages";
import { StaffShell } from "@/components/layout/staff-shell";
import { TestModeBanner } from "@/components/layout/test-mode-banner";
import { CommandBar } from "@/components/staff/command-bar";
import { SectionIcon } from "@/components/staff/section-icon";
import { allowedSections } from "@/components/staff/sections";
import { StaffAccount } from "@/components/staff/staff-account";
import { api } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";

/** The frame of every staff page; each page still asks for its own permission. */
export default async function StaffLayout({ children }: { children: ReactNode }) {
  const { ports } = await requirePage("staff:home");
  const [t, me] = await Promise.all([getTranslations("staff"), api().then((call) => call.staff.me())]);
  const sections = allowedSections(me.allowed);
  return (
    <ClientMessages namespaces={["staff"]}>
      <StaffShell
        items={sections.map(({ id, href, also }) => ({
          href,
          ...(also && { also }),
          label: t(`sections.${id}`),
          shortLabel: t(`sectionsShort.${id}`),
          icon: <SectionIcon id={id} />,
        }))}
        homeHref={sections[0]?.href ?? "/crm"}
        top={<CommandBar sections={sections.map(({ id, href }) => ({ id, href, label: t(`sections.${id}`) }))} />}
        account={me.role === "subscriber" ? null : <StaffAccount name={me.name} role={me.role} />}
        banner={ports.gateway.testMode ? <TestModeBanner /> : null}
      >
        {children}
      </StaffShell>
    </ClientMessages>
  );
}
