import { expect, test } from "vitest";
import {
  approveRun,
  cancelRun,
  listRuns,
  openRun,
  previewRun,
  readRun,
  resumeRun,
  startRun,
} from "@/server/domain/runs";
import { moneyRows, office, subscriber } from "./run-office";

const closed = { kind: "precondition", reason: "period.closed", details: { month: "2026-10" } };

async function octoberOffice() {
  const made = await office();
  await subscriber(made.world, 1_000_00n);
  made.world.travelTo("2026-11-10");
  const { ownerSql } = made.database;
  return {
    ...made,
    close: () => ownerSql`
      insert into accounting_periods (legal_entity_id, month, closed_at, closed_by)
      select id, '2026-10-01', now(), 'job:test' from legal_entities`,
    reopen: () => ownerSql`update accounting_periods set reopened_at = now(), reopened_by = 'job:test'`,
  };
}

test("a run opened before its month's book was closed is not previewed: what could never be booked is not shown", async () => {
  const { author, close, reopen, work } = await octoberOffice();
  const { runId } = await openRun(author, { period: "2026-10" });
  await close();
  await expect(previewRun(author, { runId })).rejects.toMatchObject(closed);
  expect(await readRun(author, { runId })).toMatchObject({ state: "draft", preview: null });
  await reopen();
  await previewRun(author, { runId });
  await work("preview_run", runId);
  expect(await readRun(author, { runId })).toMatchObject({ state: "previewed" });
});

test("a run approved before its month's book was closed does not start, and may be cancelled", async () => {
  const { world, author, second, previewed, close } = await octoberOffice();
  const runId = await previewed("2026-10");
  await approveRun(second, { runId });
  await close();
  const before = await moneyRows(world.ctx);
  await expect(startRun(author, { runId })).rejects.toMatchObject(closed);
  expect(await readRun(author, { runId })).toMatchObject({ state: "approved", charging: null });
  expect(await moneyRows(world.ctx)).toEqual(before);
  await cancelRun(author, { runId });
});

test("a run that the closed book stopped goes on when the month was reopened, not before", async () => {
  const { author, started, work, close, reopen } = await octoberOffice();
  const runId = await started("2026-10");
  await close();
  await work("charge_run", runId);
  await expect(resumeRun(author, { runId })).rejects.toMatchObject(closed);
  expect(await readRun(author, { runId })).toMatchObject({ state: "failed", failure: "period.closed" });
  await reopen();
  await resumeRun(author, { runId });
  await work("charge_run", runId);
  expect((await listRuns(author)).runs).toMatchObject([{ state: "finished", charged: 1 }]);
});
