CREATE TABLE "temporary_limits" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"from_at" timestamp (6) with time zone NOT NULL,
	"until_at" timestamp (6) with time zone NOT NULL,
	"closed_at" timestamp (6) with time zone,
	"outcome" text,
	"fee_minor" bigint DEFAULT 0 NOT NULL,
	"granted_by" text NOT NULL,
	"note" text,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "temporary_limits_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "temporary_limits_positive" CHECK ("temporary_limits"."amount_minor" > 0 and "temporary_limits"."fee_minor" >= 0),
	CONSTRAINT "temporary_limits_forward" CHECK ("temporary_limits"."until_at" > "temporary_limits"."from_at"),
	CONSTRAINT "temporary_limits_closed_with_outcome" CHECK (("temporary_limits"."closed_at" is null) = ("temporary_limits"."outcome" is null))
);
--> statement-breakpoint
ALTER TABLE "temporary_limits" ADD CONSTRAINT "temporary_limits_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "temporary_limits_open" ON "temporary_limits" USING btree ("account_id") WHERE "temporary_limits"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "temporary_limits_due" ON "temporary_limits" USING btree ("until_at") WHERE "temporary_limits"."closed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "temporary_limits_one_promise" ON "temporary_limits" USING btree ("account_id") WHERE "temporary_limits"."kind" = 'promised' and "temporary_limits"."closed_at" is null;--> statement-breakpoint
-- Credit that was given stays on record.
grant select, insert, update on temporary_limits to uzel_app;

--> statement-breakpoint
CREATE INDEX "blocks_until" ON "blocks" USING btree ("until_at") WHERE "blocks"."until_at" is not null;