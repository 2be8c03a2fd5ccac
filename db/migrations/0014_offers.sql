CREATE TABLE "boosts" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"tariff_id" uuid NOT NULL,
	"paid_by_subscription_id" uuid NOT NULL,
	"from_at" timestamp (6) with time zone NOT NULL,
	"until_at" timestamp (6) with time zone NOT NULL,
	"down_kbps" integer NOT NULL,
	"up_kbps" integer NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "boosts_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "boosts_last" CHECK ("boosts"."until_at" > "boosts"."from_at")
);
--> statement-breakpoint
CREATE TABLE "change_defaults" (
	"direction" text PRIMARY KEY NOT NULL,
	"allowed" boolean NOT NULL,
	"fee_minor" bigint NOT NULL,
	"timing" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "change_pairs" (
	"from_tariff_id" uuid NOT NULL,
	"to_tariff_id" uuid NOT NULL,
	"allowed" boolean NOT NULL,
	"fee_minor" bigint,
	"timing" text,
	CONSTRAINT "change_pairs_from_tariff_id_to_tariff_id_pk" PRIMARY KEY("from_tariff_id","to_tariff_id")
);
--> statement-breakpoint
CREATE TABLE "price_proposals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tariff_id" uuid NOT NULL,
	"content" jsonb NOT NULL,
	"state" text NOT NULL,
	"proposed_by" uuid NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp (6) with time zone,
	"reason" text,
	"version" integer,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "price_proposals_two_people" CHECK ("price_proposals"."state" = 'withdrawn' or "price_proposals"."decided_by" is null or "price_proposals"."decided_by" <> "price_proposals"."proposed_by")
);
--> statement-breakpoint
CREATE TABLE "promo_code_tariffs" (
	"promo_code_id" uuid NOT NULL,
	"tariff_id" uuid NOT NULL,
	CONSTRAINT "promo_code_tariffs_promo_code_id_tariff_id_pk" PRIMARY KEY("promo_code_id","tariff_id")
);
--> statement-breakpoint
CREATE TABLE "promo_codes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"percent_bp" integer,
	"amount_minor" bigint,
	"months" integer,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"total_limit" integer,
	"per_customer_limit" integer DEFAULT 1 NOT NULL,
	"redeemed" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "promo_codes_code" UNIQUE("code"),
	CONSTRAINT "promo_codes_one_size" CHECK (("promo_codes"."percent_bp" is null) <> ("promo_codes"."amount_minor" is null)),
	CONSTRAINT "promo_codes_within_limit" CHECK ("promo_codes"."total_limit" is null or "promo_codes"."redeemed" <= "promo_codes"."total_limit")
);
--> statement-breakpoint
CREATE TABLE "promo_redemptions" (
	"account_id" uuid NOT NULL,
	"promo_code_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"customer_id" uuid NOT NULL,
	"place" integer NOT NULL,
	"redeemed_on" date NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "promo_redemptions_account_id_promo_code_id_number_pk" PRIMARY KEY("account_id","promo_code_id","number"),
	CONSTRAINT "promo_redemptions_number" UNIQUE("promo_code_id","number"),
	CONSTRAINT "promo_redemptions_place" UNIQUE("promo_code_id","customer_id","place")
);
--> statement-breakpoint
ALTER TABLE "tariffs" ADD COLUMN "boost_hours" integer;--> statement-breakpoint
ALTER TABLE "boosts" ADD CONSTRAINT "boosts_tariff_id_tariffs_id_fk" FOREIGN KEY ("tariff_id") REFERENCES "public"."tariffs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "change_pairs" ADD CONSTRAINT "change_pairs_from_tariff_id_tariffs_id_fk" FOREIGN KEY ("from_tariff_id") REFERENCES "public"."tariffs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "change_pairs" ADD CONSTRAINT "change_pairs_to_tariff_id_tariffs_id_fk" FOREIGN KEY ("to_tariff_id") REFERENCES "public"."tariffs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "price_proposals" ADD CONSTRAINT "price_proposals_tariff_id_tariffs_id_fk" FOREIGN KEY ("tariff_id") REFERENCES "public"."tariffs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promo_code_tariffs" ADD CONSTRAINT "promo_code_tariffs_promo_code_id_promo_codes_id_fk" FOREIGN KEY ("promo_code_id") REFERENCES "public"."promo_codes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promo_code_tariffs" ADD CONSTRAINT "promo_code_tariffs_tariff_id_tariffs_id_fk" FOREIGN KEY ("tariff_id") REFERENCES "public"."tariffs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promo_redemptions" ADD CONSTRAINT "promo_redemptions_promo_code_id_promo_codes_id_fk" FOREIGN KEY ("promo_code_id") REFERENCES "public"."promo_codes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "boosts_one_after_another" ON "boosts" USING btree ("account_id","subscription_id","from_at");--> statement-breakpoint
CREATE INDEX "boosts_until" ON "boosts" USING btree ("until_at");--> statement-breakpoint
CREATE UNIQUE INDEX "price_proposals_one_open" ON "price_proposals" USING btree ("tariff_id") WHERE "price_proposals"."state" = 'proposed';--> statement-breakpoint
CREATE INDEX "price_proposals_tariff" ON "price_proposals" USING btree ("tariff_id","created_at" DESC NULLS LAST);--> statement-breakpoint
grant select, insert, update, delete on change_defaults, change_pairs, promo_code_tariffs to uzel_app;--> statement-breakpoint
grant select, insert, update on promo_codes, price_proposals to uzel_app;--> statement-breakpoint
-- What was redeemed and bought stays.
grant select, insert on promo_redemptions, boosts to uzel_app;
