import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageHeader } from "@/components/blocks/page-header";
import { formatDay, formatMonth } from "@/components/i18n/format-date";
import { Instant } from "@/components/ui/instant";
import { RUNS_PATH } from "./run-params";
import { RunStateBadge } from "./run-state";
import type { Run } from "./run-types";
import { whoActed } from "./who-acted";

type Props = { run: Run; now: Date; actions: ReactNode };

/** Which month, as of when, and who opened, approved and closed it. */
export function RunHeader({ run, now, actions }: Props) {
  const t = useTranslations("runs");
  const locale = useLocale();
  const month = formatMonth(run.periodStart, locale);
  const at = (instant: Date) => () => <Instant at={instant} now={now} />;
  return (
    <PageHeader
      back={{ href: RUNS_PATH, label: t("page.back") }}
      title={t("page.title", { month: month.toLocaleLowerCase(locale) })}
      mark={<RunStateBadge run={run} size="s" />}
      actions={actions}
      sub={
        <span>
          {run.entityName} · {t("page.asOf", { day: formatDay(run.asOf, locale) })}
          {run.kind === "repeat" ? ` · ${t("kind.repeat")}` : null} ·{" "}
          {t.rich("page.opened", { name: whoActed(run.openedBy, run.openedByName, t), at: at(run.openedAt) })}
          {run.approvedAt ? (
            <>
              {" · "}
              {t.rich("page.approved", {
                name: whoActed(run.approvedBy, run.approvedByName, t),
                at: at(run.approvedAt),
              })}
            </>
          ) : null}
          {run.closedAt ? (
            <>
              {" · "}
              {t.rich("page.closedAt", { at: at(run.closedAt) })}
            </>
          ) : null}
        </span>
      }
    />
  );
}
