import { Search } from "lucide-react";
import Form from "next/form";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { TabLinks } from "@/components/ui/tab-links";
import { DOCUMENT_KINDS } from "@/server/domain/invoices/constants";
import { INVOICES_PATH, type InvoiceParams, invoicesHref } from "./invoice-params";

/** Whom and which kind; all of it in the address. */
export function InvoiceFilters({ params }: { params: InvoiceParams }) {
  const t = useTranslations("billing.invoices");
  return (
    <>
      <Form action={INVOICES_PATH} className="mb-3 flex flex-wrap gap-2" data-print="hide">
        <Input
          key={params.query}
          type="search"
          name="q"
          size="s"
          defaultValue={params.query}
          placeholder={t("placeholder")}
          aria-label={t("search")}
          className="min-w-0 flex-1 basis-64"
        />
        <input type="hidden" name="month" value={params.month} />
        {params.kind ? <input type="hidden" name="kind" value={params.kind} /> : null}
        <Button type="submit" size="s" icon={<Search aria-hidden="true" />}>
          {t("find")}
        </Button>
      </Form>
      <TabLinks
        label={t("kinds")}
        className="mb-4"
        items={[
          { href: invoicesHref(params, { kind: undefined }), label: t("all"), current: !params.kind },
          ...DOCUMENT_KINDS.map((kind) => ({
            href: invoicesHref(params, { kind }),
            label: t(`kindShort.${kind}`),
            current: params.kind === kind,
          })),
        ]}
      />
    </>
  );
}
