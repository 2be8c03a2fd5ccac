CREATE TABLE "bank_credits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"statement_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"legal_entity_id" uuid NOT NULL,
	"own_account" text NOT NULL,
	"number" text NOT NULL,
	"documented_on" date NOT NULL,
	"received_on" date NOT NULL,
	"amount_minor" bigint NOT NULL,
	"payer_account" text NOT NULL,
	"payer_bic" text NOT NULL,
	"payer_inn" text NOT NULL,
	"payer_name" text NOT NULL,
	"purpose" text NOT NULL,
	"raw" jsonb NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "bank_credits_once" UNIQUE("own_account","documented_on","number","amount_minor","payer_account","payer_bic"),
	CONSTRAINT "bank_credits_positive" CHECK ("bank_credits"."amount_minor" > 0)
);
--> statement-breakpoint
CREATE TABLE "bank_matches" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"credit_id" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	"confidence" smallint,
	"reasons" jsonb NOT NULL,
	"matched_by" text NOT NULL,
	"matched_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "bank_matches_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "bank_matches_positive" CHECK ("bank_matches"."amount_minor" > 0)
);
--> statement-breakpoint
CREATE TABLE "bank_statements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"file_name" text NOT NULL,
	"file_sha256" text NOT NULL,
	"encoding" text NOT NULL,
	"from_on" date,
	"to_on" date,
	"report" jsonb NOT NULL,
	"taken_at" timestamp (6) with time zone NOT NULL,
	"taken_by" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "bank_credits" ADD CONSTRAINT "bank_credits_statement_id_bank_statements_id_fk" FOREIGN KEY ("statement_id") REFERENCES "public"."bank_statements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_credits" ADD CONSTRAINT "bank_credits_legal_entity_id_legal_entities_id_fk" FOREIGN KEY ("legal_entity_id") REFERENCES "public"."legal_entities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_matches" ADD CONSTRAINT "bank_matches_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_matches" ADD CONSTRAINT "bank_matches_credit_id_bank_credits_id_fk" FOREIGN KEY ("credit_id") REFERENCES "public"."bank_credits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bank_credits_listed" ON "bank_credits" USING btree ("state","received_on","id");--> statement-breakpoint
CREATE INDEX "bank_credits_payer" ON "bank_credits" USING btree ("payer_account");--> statement-breakpoint
CREATE INDEX "bank_matches_credit" ON "bank_matches" USING btree ("credit_id");--> statement-breakpoint
CREATE INDEX "customers_inn" ON "customers" USING btree ("inn") WHERE "customers"."inn" is not null;--> statement-breakpoint
-- A statement is written once; of a credit only its state changes; a match is never taken away.
grant select, insert on bank_statements, bank_matches to uzel_app;--> statement-breakpoint
grant select, insert on bank_credits to uzel_app;--> statement-breakpoint
grant update (state) on bank_credits to uzel_app;
