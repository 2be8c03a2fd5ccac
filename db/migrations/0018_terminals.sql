CREATE TABLE "terminal_payments" (
	"terminal_id" uuid NOT NULL,
	"txn_id" text NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "terminal_payments_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" uuid NOT NULL,
	"payment_id" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	"received_at" timestamp (6) with time zone NOT NULL,
	"reversed_at" timestamp (6) with time zone,
	CONSTRAINT "terminal_payments_terminal_id_txn_id_pk" PRIMARY KEY("terminal_id","txn_id"),
	CONSTRAINT "terminal_payments_number" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "terminal_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"terminal_id" uuid NOT NULL,
	"command" text,
	"txn_id" text,
	"account_number" text,
	"amount_minor" bigint,
	"outcome" text NOT NULL,
	"repeated" boolean DEFAULT false NOT NULL,
	"address" text,
	"asked_at" timestamp (6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "terminals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"protocol" text NOT NULL,
	"networks" text[] NOT NULL,
	"secret_hash" text NOT NULL,
	"secret_set_at" timestamp (6) with time zone NOT NULL,
	"certificate" text,
	"closed_at" timestamp (6) with time zone,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "terminals_code" UNIQUE("code"),
	CONSTRAINT "terminals_networks" CHECK (cardinality("terminals"."networks") > 0)
);
--> statement-breakpoint
ALTER TABLE "terminal_payments" ADD CONSTRAINT "terminal_payments_terminal_id_terminals_id_fk" FOREIGN KEY ("terminal_id") REFERENCES "public"."terminals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "terminal_payments" ADD CONSTRAINT "terminal_payments_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "terminal_requests" ADD CONSTRAINT "terminal_requests_terminal_id_terminals_id_fk" FOREIGN KEY ("terminal_id") REFERENCES "public"."terminals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "terminal_payments_recent" ON "terminal_payments" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "terminal_requests_of" ON "terminal_requests" USING btree ("terminal_id","asked_at");--> statement-breakpoint
CREATE INDEX "terminal_requests_recent" ON "terminal_requests" USING btree ("asked_at");--> statement-breakpoint
-- A door that was closed and money that was taken stay on record; what was asked is forgotten in time.
grant select, insert, update on terminals, terminal_payments to uzel_app;--> statement-breakpoint
grant select, insert, delete on terminal_requests to uzel_app;
