import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { Params } from "@/components/blocks/table-url";
import { formatMoney } from "@/components/i18n/format";
import { formatMonth } from "@/components/i18n/format-date";
import { Refresher } from "@/components/links/refresher";
import { RunActions } from "@/components/runs/run-actions";
import { RunFindings } from "@/components/runs/run-findings";
import { RunHeader } from "@/components/runs/run-header";
import { isWorking, readRunParams, shownStage } from "@/components/runs/run-params";
import { RunProgressCard } from "@/components/runs/run-progress";
import { RunStats } from "@/components/runs/run-stats";
import { RunStep } from "@/components/runs/run-step";
import { api, orNotFound } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { may } from "@/server/domain/identity";
import { readPage } from "../../../_components/read-page";
import { actsOf } from "./_components/acts";

const REFRESH_MS = 2_000;

type Props = { params: Promise<{ runId: string }>; searchParams: Promise<Params> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requirePage("run:read");
  const [{ runId }, call, t, locale] = await Promise.all([params, api(), getTranslations("runs"), getLocale()]);
  const run = await orNotFound(call.runs.read({ runId }));
  return { title: t("page.title", { month: formatMonth(run.periodStart, locale).toLocaleLowerCase(locale) }) };
}

export default async function RunPage({ params, searchParams }: Props) {
  const { actor, now } = await requirePage("run:read");
  const [{ runId }, search, call, locale] = await Promise.all([params, searchParams, api(), getLocale()]);
  const run = await orNotFound(call.runs.read({ runId }));
  const view = readRunParams(runId, search, run);
  const finding = view.show === "changes" ? "anomaly" : view.show;
  const page = await readPage(call.runs.accounts({ runId, finding, ...(view.after && { after: view.after }) }));
  const stage = shownStage(run);
  const working = isWorking(run);
  return (
    <>
      <RunHeader
        run={run}
        now={now()}
        actions={
          <RunActions
            runId={runId}
            acts={actsOf(run, (permission) => may(actor, permission))}
            again={run.preview !== null}
            sum={formatMoney(stage?.totals.chargedMinor ?? 0n, locale)}
            accounts={stage?.totals.charged ?? 0}
          />
        }
      />
      {working ? <Refresher everyMs={REFRESH_MS} /> : null}
      <RunStep run={run} />
      {stage && (working || run.state === "paused" || run.state === "failed") ? (
        <RunProgressCard progress={stage.progress} isMoving={working} />
      ) : null}
      <RunStats run={run} />
      {stage ? (
        <RunFindings
          run={run}
          params={view}
          page={page ?? { accounts: [], next: null }}
          mayWork={
            may(actor, "run:operate") && run.charging !== null && run.closedAt === null && run.state !== "cancelled"
          }
        />
      ) : null}
    </>
  );
}
