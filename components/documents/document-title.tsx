import { useTranslations } from "next-intl";
import type { ListedDocument } from "./document-types";

/** «Счёт № С-2026-000042», the number never broken in two. */
export function DocumentTitle({ kind, number }: Pick<ListedDocument, "kind" | "number">) {
  const t = useTranslations("documents");
  return t.rich("titled", {
    kind: t(`kind.${kind}`),
    number,
    nobr: (words) => <span className="whitespace-nowrap">{words}</span>,
  });
}
