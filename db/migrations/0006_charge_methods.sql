CREATE TABLE "bundle_parts" (
	"bundle_id" uuid NOT NULL,
	"tariff_id" uuid NOT NULL,
	"discount_bp" integer NOT NULL,
	CONSTRAINT "bundle_parts_bundle_id_tariff_id_pk" PRIMARY KEY("bundle_id","tariff_id")
);
--> statement-breakpoint
CREATE TABLE "bundles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"name_ru" text NOT NULL,
	"name_en" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "bundles_code" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "tariff_phases" (
	"tariff_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"position" integer NOT NULL,
	"months" integer NOT NULL,
	"fee_minor" bigint NOT NULL,
	"is_trial" boolean DEFAULT false NOT NULL,
	CONSTRAINT "tariff_phases_tariff_id_version_position_pk" PRIMARY KEY("tariff_id","version","position")
);
--> statement-breakpoint
CREATE TABLE "adjustments" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"term" integer NOT NULL,
	"period_start" date NOT NULL,
	"kind" text NOT NULL,
	"booked_on" date NOT NULL,
	"amount_minor" bigint NOT NULL,
	"vat_percent" integer NOT NULL,
	"vat_minor" bigint NOT NULL,
	"reason" text NOT NULL,
	"note" text,
	"detail" jsonb,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "adjustments_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "adjustments_positive" CHECK ("adjustments"."amount_minor" > 0 and "adjustments"."vat_minor" between 0 and "adjustments"."amount_minor")
);
--> statement-breakpoint
CREATE TABLE "discounts" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"subscription_id" uuid,
	"source" text NOT NULL,
	"label" text NOT NULL,
	"percent_bp" integer,
	"amount_minor" bigint,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "discounts_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "discounts_one_size" CHECK (("discounts"."percent_bp" is null) <> ("discounts"."amount_minor" is null))
);
--> statement-breakpoint
CREATE TABLE "subscription_changes" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"from_tariff_id" uuid NOT NULL,
	"to_tariff_id" uuid NOT NULL,
	"effective_on" date NOT NULL,
	"state" text NOT NULL,
	"requested_by" text NOT NULL,
	"settled_at" timestamp (6) with time zone,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "subscription_changes_account_id_id_pk" PRIMARY KEY("account_id","id")
);
--> statement-breakpoint
ALTER TABLE "charges" DROP CONSTRAINT "charges_account_id_subscription_id_period_start_kind_pk";--> statement-breakpoint
ALTER TABLE "tariff_prices" ADD COLUMN "proration_start" text DEFAULT 'actual_days' NOT NULL;--> statement-breakpoint
ALTER TABLE "tariff_prices" ADD COLUMN "proration_change" text DEFAULT 'actual_days' NOT NULL;--> statement-breakpoint
ALTER TABLE "tariff_prices" ADD COLUMN "proration_stop" text DEFAULT 'actual_days' NOT NULL;--> statement-breakpoint
ALTER TABLE "tariff_prices" ADD COLUMN "day_rule" text DEFAULT 'connection_in' NOT NULL;--> statement-breakpoint
ALTER TABLE "tariff_prices" ADD COLUMN "period_months" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "tariff_prices" ADD COLUMN "max_charges" integer;--> statement-breakpoint
ALTER TABLE "tariff_prices" ADD COLUMN "usage_pricing" jsonb;--> statement-breakpoint
ALTER TABLE "charges" ADD COLUMN "term" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "charges" ADD CONSTRAINT "charges_account_id_subscription_id_term_period_start_kind_pk" PRIMARY KEY("account_id","subscription_id","term","period_start","kind");--> statement-breakpoint
ALTER TABLE "charges" ADD COLUMN "discount_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "charges" ADD COLUMN "due_on" date;--> statement-breakpoint
ALTER TABLE "charges" ADD COLUMN "detail" jsonb;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "payment_term_days" integer;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "block_delay_days" integer;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "term" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "term_from" date;--> statement-breakpoint
ALTER TABLE "bundle_parts" ADD CONSTRAINT "bundle_parts_bundle_id_bundles_id_fk" FOREIGN KEY ("bundle_id") REFERENCES "public"."bundles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bundle_parts" ADD CONSTRAINT "bundle_parts_tariff_id_tariffs_id_fk" FOREIGN KEY ("tariff_id") REFERENCES "public"."tariffs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tariff_phases" ADD CONSTRAINT "tariff_phases_price" FOREIGN KEY ("tariff_id","version") REFERENCES "public"."tariff_prices"("tariff_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_to_tariff_id_tariffs_id_fk" FOREIGN KEY ("to_tariff_id") REFERENCES "public"."tariffs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "adjustments_line" ON "adjustments" USING btree ("account_id","subscription_id","period_start");--> statement-breakpoint
CREATE UNIQUE INDEX "subscription_changes_one_scheduled" ON "subscription_changes" USING btree ("account_id","subscription_id") WHERE "subscription_changes"."state" = 'scheduled';
--> statement-breakpoint
UPDATE "tariff_prices" SET "proration_start" = "proration", "proration_change" = "proration", "proration_stop" = "proration";--> statement-breakpoint
-- The catalog's new parts and what changes state; discounts end by their date and are never taken away.
grant select, insert, update, delete on tariff_phases, bundles, bundle_parts to uzel_app;--> statement-breakpoint
grant select, insert, update on subscription_changes, discounts to uzel_app;--> statement-breakpoint
-- A correction is written once, like the line it corrects.
grant select, insert on adjustments to uzel_app;
