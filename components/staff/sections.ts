import type { Messages } from "@/components/i18n/messages";
import type { Permission } from "@/server/domain/identity";

export type SectionId = keyof Messages["staff"]["sections"];
export type Section = { id: SectionId; href: string; permission: Permission; also?: readonly string[] };

/** The sections of the staff part, in the order of the rail; whoever may not open one does not see it. */
export const SECTIONS: readonly Section[] = [
  { id: "crm", href: "/crm", permission: "customer:search" },
  { id: "catalog", href: "/catalog", permission: "catalog:read" },
  {
    id: "billing",
    href: "/billing/invoices",
    also: ["/billing/bank", "/billing/periods", "/billing/usage", "/billing/terminals", "/billing/settings"],
    permission: "invoice:list",
  },
  { id: "runs", href: "/billing/runs", permission: "run:read" },
  { id: "reminders", href: "/billing/dunning", permission: "reminder:read" },
  { id: "analytics", href: "/analytics", permission: "analytics:read" },
  { id: "links", href: "/links", permission: "link:read" },
  { id: "sandbox", href: "/sandbox", permission: "sandbox:use" },
];

export function allowedSections(allowed: readonly Permission[]): Section[] {
  return SECTIONS.filter((section) => allowed.includes(section.permission));
}
