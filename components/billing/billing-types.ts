import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/api/root";

type Outputs = inferRouterOutputs<AppRouter>["billing"];

export type InvoicePage = Outputs["invoices"];
export type ListedInvoice = InvoicePage["documents"][number];
export type EntityPeriods = Outputs["periods"][number];
export type PeriodRow = EntityPeriods["periods"][number];
