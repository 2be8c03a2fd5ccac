import Form from "next/form";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { formatNumber } from "@/components/i18n/format";
import { SubmittingSelect } from "@/components/subscribers/submitting-select";
import { Button } from "@/components/ui/button";
import { TabLinks } from "@/components/ui/tab-links";
import { FAULT_STATES } from "@/server/domain/metering/constants";
import { type FaultParams, faultsHref, USAGE_PATH } from "./fault-params";
import type { FaultPage } from "./usage-types";

type Props = { params: FaultParams; counts: FaultPage["counts"] };

/** What the queue is narrowed by, each choice with how many it leaves; a form of plain fields. */
export function FaultFilters({ params, counts }: Props) {
  const t = useTranslations("usage");
  const locale = useLocale();
  const countOf = (name: "reason" | "source") =>
    [...Map.groupBy(counts, (row) => row[name])].map(([value, rows]) => ({
      value,
      count: formatNumber(
        rows.reduce((sum, row) => sum + row.count, 0),
        locale,
      ),
    }));
  const reasons = countOf("reason").map(({ value, count }) => ({
    value,
    label: `${t(`reason.${value as FaultPage["counts"][number]["reason"]}`)} · ${count}`,
  }));
  const sources = countOf("source").map(({ value, count }) => ({ value, label: `${value} · ${count}` }));
  return (
    <>
      <TabLinks
        label={t("states")}
        className="mb-3"
        items={FAULT_STATES.map((state) => ({
          href: faultsHref({ state: "open" }, { state: state === "open" ? undefined : state }),
          label: t(`state.${state}`),
          current: state === params.state,
        }))}
      />
      <Form
        key={JSON.stringify(params)}
        action={USAGE_PATH}
        aria-label={t("filters")}
        className="mb-4 flex flex-wrap items-center gap-2"
      >
        {params.state === "open" ? null : <input type="hidden" name="state" value={params.state} />}
        <SubmittingSelect
          name="reason"
          size="s"
          defaultValue={params.reason ?? ""}
          aria-label={t("reasonLabel")}
          className="min-w-0 basis-56 max-sm:flex-1"
          options={[{ value: "", label: t("reasonAny") }, ...withChosen(reasons, params.reason)]}
        />
        <SubmittingSelect
          name="source"
          size="s"
          defaultValue={params.source ?? ""}
          aria-label={t("sourceLabel")}
          className="min-w-0 basis-44 max-sm:flex-1"
          options={[{ value: "", label: t("sourceAny") }, ...withChosen(sources, params.source)]}
        />
        <Button type="submit" size="s">
          {t("apply")}
        </Button>
        {params.reason || params.source ? (
          <Link
            href={faultsHref(params, { reason: undefined, source: undefined })}
            className="px-1.5 text-small text-muted underline hover:text-ink"
          >
            {t("clear")}
          </Link>
        ) : null}
      </Form>
    </>
  );
}

/** What is chosen stays in the list when nothing of it is left. */
function withChosen(options: readonly { value: string; label: string }[], chosen: string | undefined) {
  return chosen === undefined || options.some(({ value }) => value === chosen)
    ? options
    : [...options, { value: chosen, label: chosen }];
}
