CREATE TABLE "tariff_prices" (
	"tariff_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"new_from" date NOT NULL,
	"existing_from" date,
	"fee_minor" bigint NOT NULL,
	"charge_method" text DEFAULT 'monthly' NOT NULL,
	"money_gate" text DEFAULT 'if_enough' NOT NULL,
	"proration" text DEFAULT 'actual_days' NOT NULL,
	CONSTRAINT "tariff_prices_tariff_id_version_pk" PRIMARY KEY("tariff_id","version")
);
--> statement-breakpoint
CREATE TABLE "tariffs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"name_ru" text NOT NULL,
	"name_en" text NOT NULL,
	"kind" text NOT NULL,
	"down_kbps" integer,
	"up_kbps" integer,
	"revenue_code" text NOT NULL,
	"vat_code" text DEFAULT 'standard' NOT NULL,
	"status" text DEFAULT 'published' NOT NULL,
	"is_public" boolean DEFAULT true NOT NULL,
	"labels" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tariffs_code" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "vat_rates" (
	"code" text NOT NULL,
	"valid_from" date NOT NULL,
	"percent" integer NOT NULL,
	CONSTRAINT "vat_rates_code_valid_from_pk" PRIMARY KEY("code","valid_from")
);
--> statement-breakpoint
CREATE TABLE "charges" (
	"account_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"period_start" date NOT NULL,
	"kind" text NOT NULL,
	"period_end" date NOT NULL,
	"charged_from" date NOT NULL,
	"charged_to" date NOT NULL,
	"charged_days" integer NOT NULL,
	"period_days" integer NOT NULL,
	"booked_on" date NOT NULL,
	"tariff_id" uuid NOT NULL,
	"price_version" integer,
	"fee_minor" bigint NOT NULL,
	"amount_minor" bigint NOT NULL,
	"vat_percent" integer NOT NULL,
	"vat_minor" bigint NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "charges_account_id_subscription_id_period_start_kind_pk" PRIMARY KEY("account_id","subscription_id","period_start","kind")
) PARTITION BY RANGE ("period_start");
--> statement-breakpoint
CREATE TABLE "account_search" (
	"account_id" uuid NOT NULL,
	"document" "tsvector" NOT NULL,
	CONSTRAINT "account_search_account_id_pk" PRIMARY KEY("account_id")
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"contract_id" uuid NOT NULL,
	"address_id" uuid,
	"currency" text DEFAULT 'RUB' NOT NULL,
	"anchor_day" integer DEFAULT 1 NOT NULL,
	"credit_limit_minor" bigint DEFAULT 0 NOT NULL,
	"opened_on" date NOT NULL,
	"closed_on" date,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "accounts_number" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "addresses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"city" text NOT NULL,
	"street" text NOT NULL,
	"house" text NOT NULL,
	"flat" text
);
--> statement-breakpoint
CREATE TABLE "contracts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"customer_id" uuid NOT NULL,
	"legal_entity_id" uuid NOT NULL,
	"number" text NOT NULL,
	"signed_on" date NOT NULL,
	"terminated_on" date,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contracts_number" UNIQUE("legal_entity_id","number")
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"phone" text,
	"email" text,
	"inn" text,
	"kpp" text,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "legal_entities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"inn" text,
	"zone" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "login_identifiers" (
	"value" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"user_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" bigint
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"role_version" integer NOT NULL,
	"started_at" timestamp (6) with time zone NOT NULL,
	"last_seen_at" timestamp (6) with time zone NOT NULL,
	"expires_at" timestamp (6) with time zone NOT NULL,
	"revoked_at" timestamp (6) with time zone,
	"totp_passed_at" timestamp (6) with time zone,
	"address" text,
	"user_agent" text
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"role" text NOT NULL,
	"display_name" text NOT NULL,
	"customer_id" uuid,
	"password_hash" text NOT NULL,
	"role_version" integer DEFAULT 1 NOT NULL,
	"totp_secret" text,
	"totp_confirmed_at" timestamp (6) with time zone,
	"locale" text DEFAULT 'ru' NOT NULL,
	"disabled_at" timestamp (6) with time zone,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_customer_iff_subscriber" CHECK (("users"."role" = 'subscriber') = ("users"."customer_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "account_balances" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"balance_minor" bigint DEFAULT 0 NOT NULL,
	"version" bigint DEFAULT 0 NOT NULL,
	"currency" text DEFAULT 'RUB' NOT NULL,
	"updated_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "posting_keys" (
	"account_id" uuid NOT NULL,
	"key" text NOT NULL,
	"booked_on" date NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "posting_keys_account_id_key_pk" PRIMARY KEY("account_id","key")
);
--> statement-breakpoint
CREATE TABLE "reconciliations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"link" text NOT NULL,
	"checked_at" timestamp (6) with time zone NOT NULL,
	"compared" bigint NOT NULL,
	"differences" bigint NOT NULL,
	"difference_minor" bigint DEFAULT 0 NOT NULL,
	"sample" text[] DEFAULT '{}' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "transfers" (
	"account_id" uuid NOT NULL,
	"booked_on" date NOT NULL,
	"number" bigint NOT NULL,
	"debit" text NOT NULL,
	"credit" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"kind" text NOT NULL,
	"occurred_at" timestamp (6) with time zone NOT NULL,
	"subject_id" uuid,
	"period_start" date,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "transfers_account_id_booked_on_number_pk" PRIMARY KEY("account_id","booked_on","number"),
	CONSTRAINT "transfers_amount_positive" CHECK ("transfers"."amount_minor" > 0),
	CONSTRAINT "transfers_two_sides" CHECK ("transfers"."debit" <> "transfers"."credit")
) PARTITION BY RANGE ("booked_on");
--> statement-breakpoint
CREATE TABLE "payments" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"provider" text NOT NULL,
	"provider_payment_id" text,
	"idempotence_key" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text DEFAULT 'RUB' NOT NULL,
	"state" text NOT NULL,
	"failure" text,
	"confirmation_url" text,
	"method_title" text,
	"income_minor" bigint,
	"is_test" boolean DEFAULT false NOT NULL,
	"started_by" uuid,
	"started_at" timestamp (6) with time zone NOT NULL,
	"paid_at" timestamp (6) with time zone,
	"posted_at" timestamp (6) with time zone,
	"ask_at" timestamp (6) with time zone,
	"asks" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "payments_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "payments_idempotence_key" UNIQUE("idempotence_key"),
	CONSTRAINT "payments_provider_id" UNIQUE("provider","provider_payment_id"),
	CONSTRAINT "payments_amount_positive" CHECK ("payments"."amount_minor" > 0)
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"provider" text NOT NULL,
	"event" text NOT NULL,
	"object_id" text NOT NULL,
	"body" jsonb NOT NULL,
	"address" text NOT NULL,
	"deliveries" integer DEFAULT 1 NOT NULL,
	"received_at" timestamp (6) with time zone NOT NULL,
	"processed_at" timestamp (6) with time zone,
	"outcome" text,
	CONSTRAINT "webhook_deliveries_once" UNIQUE("provider","event","object_id")
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"occurred_at" timestamp (6) with time zone NOT NULL,
	"id" uuid NOT NULL,
	"actor" text NOT NULL,
	"address" text,
	"request_id" text,
	"action" text NOT NULL,
	"entity" text NOT NULL,
	"entity_id" text NOT NULL,
	"account_id" uuid,
	"before" jsonb,
	"after" jsonb,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audit_log_occurred_at_id_pk" PRIMARY KEY("occurred_at","id")
) PARTITION BY RANGE ("occurred_at");
--> statement-breakpoint
CREATE TABLE "command_keys" (
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"body_hash" text NOT NULL,
	"result" jsonb,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "command_keys_kind_key_pk" PRIMARY KEY("kind","key")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"occurred_at" timestamp (6) with time zone NOT NULL,
	"id" uuid NOT NULL,
	"account_id" uuid,
	"type" text NOT NULL,
	"payload" jsonb NOT NULL,
	"actor" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	CONSTRAINT "events_occurred_at_id_pk" PRIMARY KEY("occurred_at","id")
) PARTITION BY RANGE ("occurred_at");
--> statement-breakpoint
CREATE TABLE "import_rows" (
	"source" text NOT NULL,
	"external_id" text NOT NULL,
	"row_hash" text NOT NULL,
	"account_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	CONSTRAINT "import_rows_source_external_id_pk" PRIMARY KEY("source","external_id"),
	CONSTRAINT "import_rows_account" UNIQUE("account_id","source")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"file_name" text NOT NULL,
	"file_sha256" text NOT NULL,
	"report" jsonb NOT NULL,
	"finished_at" timestamp (6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "network_servers" (
	"id" integer PRIMARY KEY NOT NULL,
	"address" text NOT NULL,
	"short_name" text NOT NULL,
	"vendor" text DEFAULT 'other' NOT NULL,
	"secret" text NOT NULL,
	CONSTRAINT "network_servers_address" UNIQUE("address")
);
--> statement-breakpoint
CREATE TABLE "service_tasks" (
	"account_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"state" text NOT NULL,
	"cause" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"next_attempt_at" timestamp (6) with time zone,
	"started_at" timestamp (6) with time zone NOT NULL,
	"finished_at" timestamp (6) with time zone,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "service_tasks_account_id_service_id_version_pk" PRIMARY KEY("account_id","service_id","version")
);
--> statement-breakpoint
CREATE TABLE "services" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"login" text NOT NULL,
	"secret" text NOT NULL,
	"static_ip" "inet",
	"desired_state" text NOT NULL,
	"desired_version" integer DEFAULT 1 NOT NULL,
	"down_kbps" integer NOT NULL,
	"up_kbps" integer NOT NULL,
	"desired_at" timestamp (6) with time zone NOT NULL,
	"actual_state" text,
	"actual_version" integer,
	"actual_read_at" timestamp (6) with time zone,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "services_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "services_login" UNIQUE("login")
);
--> statement-breakpoint
CREATE TABLE "usage_records" (
	"account_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"started_at" timestamp (6) with time zone NOT NULL,
	"record_id" text NOT NULL,
	"input_octets" bigint NOT NULL,
	"output_octets" bigint NOT NULL,
	"seconds" integer NOT NULL,
	"ended_at" timestamp (6) with time zone,
	"updated_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "usage_records_account_id_service_id_started_at_record_id_pk" PRIMARY KEY("account_id","service_id","started_at","record_id")
) PARTITION BY RANGE ("started_at");
--> statement-breakpoint
CREATE TABLE "blocks" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"subscription_id" uuid,
	"reason" text NOT NULL,
	"from_at" timestamp (6) with time zone NOT NULL,
	"until_at" timestamp (6) with time zone,
	"note" text,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "blocks_account_id_id_pk" PRIMARY KEY("account_id","id")
);
--> statement-breakpoint
CREATE TABLE "personal_prices" (
	"account_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"fee_minor" bigint NOT NULL,
	CONSTRAINT "personal_prices_account_id_subscription_id_valid_from_pk" PRIMARY KEY("account_id","subscription_id","valid_from")
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"tariff_id" uuid NOT NULL,
	"quantity" integer DEFAULT 1 NOT NULL,
	"started_on" date NOT NULL,
	"ended_on" date,
	"end_reason" text,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "subscriptions_account_id_id_pk" PRIMARY KEY("account_id","id")
);
--> statement-breakpoint
ALTER TABLE "tariff_prices" ADD CONSTRAINT "tariff_prices_tariff_id_tariffs_id_fk" FOREIGN KEY ("tariff_id") REFERENCES "public"."tariffs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_address_id_addresses_id_fk" FOREIGN KEY ("address_id") REFERENCES "public"."addresses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_legal_entity_id_legal_entities_id_fk" FOREIGN KEY ("legal_entity_id") REFERENCES "public"."legal_entities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "login_identifiers" ADD CONSTRAINT "login_identifiers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_tariff_id_tariffs_id_fk" FOREIGN KEY ("tariff_id") REFERENCES "public"."tariffs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_search_document" ON "account_search" USING gin ("document");--> statement-breakpoint
CREATE INDEX "accounts_customer" ON "accounts" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "accounts_contract" ON "accounts" USING btree ("contract_id");--> statement-breakpoint
CREATE INDEX "contracts_customer" ON "contracts" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "login_identifiers_user" ON "login_identifiers" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "users_customer" ON "users" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "reconciliations_latest" ON "reconciliations" USING btree ("link","checked_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "payments_open" ON "payments" USING btree ("ask_at") WHERE "payments"."ask_at" is not null;--> statement-breakpoint
CREATE INDEX "payments_recent" ON "payments" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_waiting" ON "webhook_deliveries" USING btree ("received_at") WHERE "webhook_deliveries"."processed_at" is null;--> statement-breakpoint
CREATE INDEX "audit_log_entity" ON "audit_log" USING btree ("entity","entity_id");--> statement-breakpoint
CREATE INDEX "audit_log_account" ON "audit_log" USING btree ("account_id","occurred_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "events_account" ON "events" USING btree ("account_id","occurred_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "events_xid" ON "events" USING btree ("xid");--> statement-breakpoint
CREATE INDEX "service_tasks_waiting" ON "service_tasks" USING btree ("started_at") WHERE "service_tasks"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "service_tasks_finished" ON "service_tasks" USING btree ("finished_at");--> statement-breakpoint
CREATE INDEX "services_subscription" ON "services" USING btree ("account_id","subscription_id");--> statement-breakpoint
CREATE INDEX "services_drifting" ON "services" USING btree ("desired_at") WHERE actual_version is distinct from desired_version;--> statement-breakpoint
CREATE UNIQUE INDEX "blocks_one_open_financial" ON "blocks" USING btree ("account_id","subscription_id") WHERE "blocks"."reason" = 'financial' and "blocks"."until_at" is null;--> statement-breakpoint
CREATE INDEX "blocks_open" ON "blocks" USING btree ("account_id") WHERE "blocks"."until_at" is null;--> statement-breakpoint
CREATE INDEX "subscriptions_tariff" ON "subscriptions" USING btree ("tariff_id");