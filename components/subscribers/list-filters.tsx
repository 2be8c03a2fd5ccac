import { Search } from "lucide-react";
import Form from "next/form";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { TabLinks } from "@/components/ui/tab-links";
import { ACCOUNT_STATES } from "@/server/domain/crm/constants";
import { LIST_PATH, type ListParams, listHref } from "./list-params";
import { SubmittingSelect } from "./submitting-select";
import { tariffName } from "./tariff-name";

type Props = { params: ListParams; tariffs: readonly { code: string; nameRu: string; nameEn: string }[] };

/** The search and the filters as one form of plain fields: it works before and without JavaScript. */
export function ListFilters({ params, tariffs }: Props) {
  const t = useTranslations("subscribers.list");
  const locale = useLocale();
  const { query, tariff, ...kept } = params.filter;
  const sort = typeof params.address.sort === "string" ? params.address.sort : undefined;
  return (
    <>
      <Form
        action={LIST_PATH}
        role="search"
        className="mb-3 flex flex-wrap items-center gap-2"
        aria-label={t("search")}
      >
        <Input
          key={query}
          type="search"
          name="q"
          size="s"
          defaultValue={query}
          maxLength={200}
          placeholder={t("placeholder")}
          aria-label={t("placeholder")}
          className="min-w-0 flex-1 basis-60 max-sm:basis-full"
        />
        <SubmittingSelect
          key={tariff}
          name="tariff"
          size="s"
          defaultValue={tariff ?? ""}
          aria-label={t("tariff")}
          className="min-w-0 basis-44 max-sm:flex-1"
          options={[
            { value: "", label: t("anyTariff") },
            ...tariffs.map((row) => ({ value: row.code, label: tariffName(row, locale) })),
          ]}
        />
        {Object.entries({ ...kept, ...(sort && { sort }) }).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Button type="submit" size="s" icon={<Search aria-hidden="true" />}>
          {t("find")}
        </Button>
      </Form>
      <TabLinks
        label={t("states")}
        className="mb-4"
        items={[
          { href: listHref(params, { state: undefined }), label: t("all"), current: !params.filter.state },
          ...ACCOUNT_STATES.map((state) => ({
            href: listHref(params, { state }),
            label: t(state),
            current: params.filter.state === state,
          })),
        ]}
      />
    </>
  );
}
