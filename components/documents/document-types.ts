import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/api/root";

type Outputs = inferRouterOutputs<AppRouter>;

export type OwnDocuments = Outputs["cabinet"]["documents"];
export type Document = Outputs["cabinet"]["document"]["document"];
export type DocumentLine = Document["lines"][number];
export type ListedDocument = OwnDocuments["documents"][number];
export type Draft = OwnDocuments["drafts"][number];
export type Comparison = Outputs["cabinet"]["comparison"];
