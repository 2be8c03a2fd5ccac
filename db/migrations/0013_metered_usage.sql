CREATE TABLE "metered_keys" (
	"source" text NOT NULL,
	"record_id" text NOT NULL,
	"digest" text NOT NULL,
	CONSTRAINT "metered_keys_source_record_id_pk" PRIMARY KEY("source","record_id")
);
--> statement-breakpoint
CREATE TABLE "metered_records" (
	"account_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"occurred_at" timestamp (6) with time zone NOT NULL,
	"source" text NOT NULL,
	"record_id" text NOT NULL,
	"meter" text NOT NULL,
	"units" bigint NOT NULL,
	"label" text,
	"received_at" timestamp (6) with time zone NOT NULL,
	"charged_at" timestamp (6) with time zone,
	CONSTRAINT "metered_records_key" PRIMARY KEY("account_id","subscription_id","occurred_at","source","record_id")
) PARTITION BY RANGE ("occurred_at");
--> statement-breakpoint
CREATE TABLE "subscription_identifiers" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "subscription_identifiers_account_id_id_pk" PRIMARY KEY("account_id","id")
);
--> statement-breakpoint
CREATE TABLE "usage_faults" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"record_id" text NOT NULL,
	"reason" text NOT NULL,
	"column" text,
	"raw" jsonb NOT NULL,
	"identifier_kind" text,
	"identifier" text,
	"occurred_at" timestamp (6) with time zone,
	"meter" text,
	"measure" text,
	"units" bigint,
	"label" text,
	"state" text DEFAULT 'open' NOT NULL,
	"note" text,
	"attempts" integer DEFAULT 1 NOT NULL,
	"received_at" timestamp (6) with time zone NOT NULL,
	"settled_at" timestamp (6) with time zone,
	"settled_by" text,
	CONSTRAINT "usage_faults_record" UNIQUE("source","record_id")
);
--> statement-breakpoint
CREATE INDEX "metered_records_waiting" ON "metered_records" USING btree ("account_id","subscription_id","occurred_at") WHERE "metered_records"."charged_at" is null;--> statement-breakpoint
CREATE INDEX "subscription_identifiers_value" ON "subscription_identifiers" USING btree ("kind","value");--> statement-breakpoint
CREATE UNIQUE INDEX "subscription_identifiers_one_open" ON "subscription_identifiers" USING btree ("kind","value") WHERE "subscription_identifiers"."valid_to" is null;--> statement-breakpoint
CREATE INDEX "usage_faults_open" ON "usage_faults" USING btree ("received_at","id") WHERE "usage_faults"."state" = 'open';--> statement-breakpoint
-- The months that its neighbours have.
select make_partitions(to_date(min(right(c.relname, 7)), 'YYYY_MM'), to_date(max(right(c.relname, 7)), 'YYYY_MM'))
from pg_class c where c.relname ~ '^transfers_\d{4}_\d{2}$';
--> statement-breakpoint
grant select, insert, update on subscription_identifiers, usage_faults to uzel_app;
--> statement-breakpoint
-- Usage is written once; what changes is only whether a line has taken it in.
grant select, insert on metered_keys, metered_records to uzel_app;
--> statement-breakpoint
grant update (charged_at) on metered_records to uzel_app;
--> statement-breakpoint
-- A record in the bin may be told again otherwise.
grant update (digest) on metered_keys to uzel_app;
