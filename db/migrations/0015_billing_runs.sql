CREATE TABLE "billing_run_accounts" (
	"run_id" uuid NOT NULL,
	"finding" text NOT NULL,
	"account_id" uuid NOT NULL,
	"stage" text NOT NULL,
	"chunk" integer NOT NULL,
	"reason" text NOT NULL,
	"amount_minor" bigint,
	"last_minor" bigint,
	"written_at" timestamp (6) with time zone,
	CONSTRAINT "billing_run_accounts_run_id_stage_finding_account_id_pk" PRIMARY KEY("run_id","stage","finding","account_id")
);
--> statement-breakpoint
CREATE TABLE "billing_run_chunks" (
	"run_id" uuid NOT NULL,
	"stage" text NOT NULL,
	"number" integer NOT NULL,
	"from_id" uuid NOT NULL,
	"to_id" uuid NOT NULL,
	"accounts" integer NOT NULL,
	"is_done" boolean DEFAULT false NOT NULL,
	"charged" integer DEFAULT 0 NOT NULL,
	"refused" integer DEFAULT 0 NOT NULL,
	"skipped" integer DEFAULT 0 NOT NULL,
	"parked" integer DEFAULT 0 NOT NULL,
	"lines" integer DEFAULT 0 NOT NULL,
	"charged_minor" bigint DEFAULT 0 NOT NULL,
	"credited_minor" bigint DEFAULT 0 NOT NULL,
	"month_minor" bigint DEFAULT 0 NOT NULL,
	"last_minor" bigint DEFAULT 0 NOT NULL,
	"skipped_for" jsonb DEFAULT '{}' NOT NULL,
	"changes" jsonb,
	"written_at" timestamp (6) with time zone,
	"done_at" timestamp (6) with time zone,
	CONSTRAINT "billing_run_chunks_run_id_stage_number_pk" PRIMARY KEY("run_id","stage","number")
);
--> statement-breakpoint
CREATE TABLE "billing_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"legal_entity_id" uuid NOT NULL,
	"period_start" date NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"as_of" date NOT NULL,
	"arrears_until" date NOT NULL,
	"chunk_size" integer NOT NULL,
	"opened_by" text NOT NULL,
	"opened_at" timestamp (6) with time zone NOT NULL,
	"previewed_at" timestamp (6) with time zone,
	"approved_by" text,
	"approved_at" timestamp (6) with time zone,
	"started_at" timestamp (6) with time zone,
	"resumed_at" timestamp (6) with time zone,
	"finished_at" timestamp (6) with time zone,
	"closed_by" text,
	"closed_at" timestamp (6) with time zone,
	"cancelled_by" text,
	"cancelled_at" timestamp (6) with time zone,
	"failure" text,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "billing_runs_whole_month" CHECK (extract(day from "billing_runs"."period_start") = 1)
);
--> statement-breakpoint
ALTER TABLE "billing_run_accounts" ADD CONSTRAINT "billing_run_accounts_run_id_billing_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."billing_runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "billing_run_chunks" ADD CONSTRAINT "billing_run_chunks_run_id_billing_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."billing_runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "billing_runs" ADD CONSTRAINT "billing_runs_legal_entity_id_legal_entities_id_fk" FOREIGN KEY ("legal_entity_id") REFERENCES "public"."legal_entities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "billing_runs_one_main" ON "billing_runs" USING btree ("legal_entity_id","period_start") WHERE "billing_runs"."kind" = 'main' and "billing_runs"."state" <> 'cancelled';--> statement-breakpoint
CREATE UNIQUE INDEX "billing_runs_one_open" ON "billing_runs" USING btree ("legal_entity_id","period_start") WHERE "billing_runs"."state" not in ('finished', 'cancelled');--> statement-breakpoint
CREATE INDEX "billing_runs_latest" ON "billing_runs" USING btree ("period_start" DESC NULLS LAST,"opened_at" DESC NULLS LAST);--> statement-breakpoint
-- A run is never taken away; what a preview found is made anew by the next.
grant select, insert, update on billing_runs to uzel_app;
--> statement-breakpoint
grant select, insert, update, delete on billing_run_chunks, billing_run_accounts to uzel_app;
