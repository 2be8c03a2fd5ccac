import { Search } from "lucide-react";
import Form from "next/form";
import { useTranslations } from "next-intl";
import { SubmittingSelect } from "@/components/subscribers/submitting-select";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { TabLinks } from "@/components/ui/tab-links";
import { TARIFF_KINDS } from "@/server/domain/catalog/constants";
import { type CatalogParams, catalogHref, LIST_PATH } from "./list-params";

/** Search and filters as one form of plain fields: it works before and without JavaScript. */
export function TariffFilters({ params, waiting }: { params: CatalogParams; waiting: number }) {
  const t = useTranslations("catalog.list");
  const kinds = useTranslations("catalog.kind");
  return (
    <>
      <Form
        action={LIST_PATH}
        role="search"
        className="mb-3 flex flex-wrap items-center gap-2"
        aria-label={t("search")}
      >
        <Input
          key={params.query}
          type="search"
          name="q"
          size="s"
          defaultValue={params.query}
          maxLength={100}
          placeholder={t("placeholder")}
          aria-label={t("placeholder")}
          className="min-w-0 flex-1 basis-60 max-sm:basis-full"
        />
        <SubmittingSelect
          key={`kind ${params.kind}`}
          name="kind"
          size="s"
          defaultValue={params.kind ?? ""}
          aria-label={t("kind")}
          className="min-w-0 basis-36 max-sm:flex-1"
          options={[
            { value: "", label: t("anyKind") },
            ...TARIFF_KINDS.map((kind) => ({ value: kind, label: kinds(kind) })),
          ]}
        />
        <SubmittingSelect
          key={`shown ${params.shown}`}
          name="shown"
          size="s"
          defaultValue={params.shown ?? ""}
          aria-label={t("shown")}
          className="min-w-0 basis-40 max-sm:flex-1"
          options={[
            { value: "", label: t("anyShown") },
            { value: "public", label: t("public") },
            { value: "hidden", label: t("hidden") },
          ]}
        />
        {params.waiting ? <input type="hidden" name="waiting" value="1" /> : null}
        <Button type="submit" size="s" icon={<Search aria-hidden="true" />}>
          {t("find")}
        </Button>
      </Form>
      <TabLinks
        label={t("states")}
        className="mb-3"
        items={[
          { href: catalogHref(params, { waiting: undefined }), label: t("all"), current: !params.waiting },
          {
            href: catalogHref(params, { waiting: "1" }),
            label: t("waiting"),
            count: waiting,
            current: params.waiting,
          },
        ]}
      />
    </>
  );
}
