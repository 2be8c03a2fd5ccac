import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { RunFinding, RunKind, RunStage, RunState } from "@/server/domain/runs/constants";
import { createdAt, day, instant, minor } from "../columns";
import { legalEntities } from "./crm";

/**
 * A month's charging of one legal entity as an object: opened, previewed, approved by a second person, run in chunks, paused and
 * gone on with, finished, closed. What it charged is in `charges`; this says that it was done, by whom, and how it stands.
 */
export const billingRuns = pgTable(
  "billing_runs",
  {
    id: uuid("id").primaryKey(),
    legalEntityId: uuid("legal_entity_id")
      .notNull()
      .references(() => legalEntities.id),
    /** First day of the month it charges. */
    periodStart: day("period_start").notNull(),
    /** `main`: the month's own; `repeat`: another look once that is done. */
    kind: text("kind").$type<RunKind>().notNull(),
    state: text("state").$type<RunState>().notNull(),
    /** The day it is evaluated as of: the month's last, or the day it started while the month lasts. */
    asOf: day("as_of").notNull(),
    /** What is charged afterwards is due for periods that ended by it: the day after a month that is over. */
    arrearsUntil: day("arrears_until").notNull(),
    /** Accounts in one chunk. */
    chunkSize: integer("chunk_size").notNull(),
    openedBy: text("opened_by").notNull(),
    openedAt: instant("opened_at").notNull(),
    previewedAt: instant("previewed_at"),
    approvedBy: text("approved_by"),
    approvedAt: instant("approved_at"),
    /** What its transfers carry as the time they happened, so that a run cut off and gone on with writes what a whole one does. */
    startedAt: instant("started_at"),
    /** Since when it has been working without a pause: progress is measured from here. */
    resumedAt: instant("resumed_at"),
    finishedAt: instant("finished_at"),
    closedBy: text("closed_by"),
    closedAt: instant("closed_at"),
    cancelledBy: text("cancelled_by"),
    cancelledAt: instant("cancelled_at"),
    /** Why it stopped by itself; a reason of the program, put into words by the screen. */
    failure: text("failure"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("billing_runs_one_main")
      .on(table.legalEntityId, table.periodStart)
      .where(sql`${table.kind} = 'main' and ${table.state} <> 'cancelled'`),
    uniqueIndex("billing_runs_one_open")
      .on(table.legalEntityId, table.periodStart)
      .where(sql`${table.state} not in ('finished', 'cancelled')`),
    index("billing_runs_latest").on(table.periodStart.desc(), table.openedAt.desc()),
    check("billing_runs_whole_month", sql`extract(day from ${table.periodStart}) = 1`),
  ],
);

/**
 * The unit of work: accounts of a range of ids, done or not. Whoever takes one locks its row for as long as the work lasts and
 * writes charges, counters and `done` in one transaction, so that a killed worker leaves it as it was.
 */
export const billingRunChunks = pgTable(
  "billing_run_chunks",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => billingRuns.id),
    stage: text("stage").$type<RunStage>().notNull(),
    number: integer("number").notNull(),
    /** Both ends are in. */
    fromId: uuid("from_id").notNull(),
    toId: uuid("to_id").notNull(),
    accounts: integer("accounts").notNull(),
    isDone: boolean("is_done").notNull().default(false),
    charged: integer("charged").notNull().default(0),
    refused: integer("refused").notNull().default(0),
    skipped: integer("skipped").notNull().default(0),
    parked: integer("parked").notNull().default(0),
    lines: integer("lines").notNull().default(0),
    chargedMinor: minor("charged_minor").notNull().default(sql`0`),
    creditedMinor: minor("credited_minor").notNull().default(sql`0`),
    /** Of a preview: what the same accounts have been charged in this month all in all, and were in the one before. */
    monthMinor: minor("month_minor").notNull().default(sql`0`),
    lastMinor: minor("last_minor").notNull().default(sql`0`),
    /** How many were left alone for which reason. */
    skippedFor: jsonb("skipped_for").$type<Record<string, number>>().notNull().default(sql`'{}'`),
    /** Of a preview: the accounts whose month changes most, largest first. */
    changes: jsonb("changes").$type<{ accountId: string; monthMinor: string; lastMinor: string }[]>(),
    /** The database's own time of the transaction that did it: what it wrote carries the same as `created_at`. */
    writtenAt: instant("written_at"),
    doneAt: instant("done_at"),
  },
  (table) => [primaryKey({ columns: [table.runId, table.stage, table.number] })],
);

/** Accounts of a run that were not simply charged, and why: what a person has to look at. */
export const billingRunAccounts = pgTable(
  "billing_run_accounts",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => billingRuns.id),
    /** `refused`, `skipped`, `parked`, `settled` (parked, then charged), or `anomaly` (of the preview). */
    finding: text("finding").$type<RunFinding>().notNull(),
    accountId: uuid("account_id").notNull(),
    stage: text("stage").$type<RunStage>().notNull(),
    chunk: integer("chunk").notNull(),
    reason: text("reason").notNull(),
    /** What it is about: what was due and could not be charged, or what the month comes to. */
    amountMinor: minor("amount_minor"),
    /** Of an anomaly: what the month before came to. */
    lastMinor: minor("last_minor"),
    /** Of a settled one: the database's own time of what was written for it. */
    writtenAt: instant("written_at"),
  },
  (table) => [primaryKey({ columns: [table.runId, table.stage, table.finding, table.accountId] })],
);
