CREATE TABLE "approvals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"account_id" uuid,
	"input" jsonb NOT NULL,
	"reason" text NOT NULL,
	"asked_by" uuid NOT NULL,
	"asked_at" timestamp (6) with time zone NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp (6) with time zone,
	CONSTRAINT "approvals_two_people" CHECK ("approvals"."state" <> 'approved' or "approvals"."decided_by" <> "approvals"."asked_by")
);
--> statement-breakpoint
CREATE TABLE "document_parties" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"inn" text,
	"kpp" text,
	"address" text,
	"contract_number" text,
	"signed_on" date,
	"account_number" text
);
--> statement-breakpoint
CREATE TABLE "invoice_lines" (
	"account_id" uuid NOT NULL,
	"month" date NOT NULL,
	"ordinal" smallint NOT NULL,
	"line" smallint NOT NULL,
	"term" smallint DEFAULT 0 NOT NULL,
	"charged_days" smallint,
	"period_days" smallint,
	"price_version" smallint,
	"period_start" date NOT NULL,
	"charged_from" date NOT NULL,
	"charged_to" date NOT NULL,
	"vat_percent" smallint NOT NULL,
	"fee_minor" bigint NOT NULL,
	"discount_minor" bigint NOT NULL,
	"amount_minor" bigint NOT NULL,
	"vat_minor" bigint NOT NULL,
	"source_id" uuid,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"reason" text,
	CONSTRAINT "invoice_lines_account_id_month_ordinal_line_pk" PRIMARY KEY("account_id","month","ordinal","line")
) PARTITION BY RANGE ("month");
--> statement-breakpoint
CREATE TABLE "invoices" (
	"account_id" uuid NOT NULL,
	"month" date NOT NULL,
	"series_id" integer NOT NULL,
	"number" integer NOT NULL,
	"issued_on" date NOT NULL,
	"due_on" date,
	"total_minor" bigint NOT NULL,
	"vat_minor" bigint NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"seller_id" uuid NOT NULL,
	"buyer_id" uuid NOT NULL,
	"request_key" uuid,
	"ordinal" smallint NOT NULL,
	"kind" text NOT NULL,
	CONSTRAINT "invoices_account_id_month_kind_ordinal_pk" PRIMARY KEY("account_id","month","kind","ordinal"),
	CONSTRAINT "invoices_number" UNIQUE("month","series_id","number"),
	CONSTRAINT "invoices_not_zero" CHECK ("invoices"."total_minor" <> 0)
) PARTITION BY RANGE ("month");
--> statement-breakpoint
CREATE TABLE "number_series" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "number_series_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"legal_entity_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"year" smallint NOT NULL,
	"last_number" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "number_series_of" UNIQUE("legal_entity_id","kind","year")
);
--> statement-breakpoint
CREATE TABLE "accounting_periods" (
	"legal_entity_id" uuid NOT NULL,
	"month" date NOT NULL,
	"closed_at" timestamp (6) with time zone NOT NULL,
	"closed_by" text NOT NULL,
	"reopened_at" timestamp (6) with time zone,
	"reopened_by" text,
	CONSTRAINT "accounting_periods_legal_entity_id_month_pk" PRIMARY KEY("legal_entity_id","month")
);
--> statement-breakpoint
CREATE TABLE "vat_advance_closings" (
	"account_id" uuid NOT NULL,
	"payment_id" uuid NOT NULL,
	"month" date NOT NULL,
	"ordinal" smallint NOT NULL,
	"closed_on" date NOT NULL,
	"amount_minor" bigint NOT NULL,
	"vat_minor" bigint NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "vat_advance_closings_account_id_payment_id_month_ordinal_pk" PRIMARY KEY("account_id","payment_id","month","ordinal"),
	CONSTRAINT "vat_advance_closings_positive" CHECK ("vat_advance_closings"."amount_minor" > 0 and "vat_advance_closings"."vat_minor" >= 0)
);
--> statement-breakpoint
CREATE TABLE "vat_advances" (
	"account_id" uuid NOT NULL,
	"payment_id" uuid NOT NULL,
	"received_on" date NOT NULL,
	"booked_on" date NOT NULL,
	"vat_percent" integer NOT NULL,
	"amount_minor" bigint NOT NULL,
	"vat_minor" bigint NOT NULL,
	"open_minor" bigint NOT NULL,
	"open_vat_minor" bigint NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "vat_advances_account_id_payment_id_pk" PRIMARY KEY("account_id","payment_id"),
	CONSTRAINT "vat_advances_sums" CHECK ("vat_advances"."amount_minor" > 0 and "vat_advances"."open_minor" between 0 and "vat_advances"."amount_minor" and "vat_advances"."open_vat_minor" between 0 and "vat_advances"."vat_minor")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "approvals_one_waiting" ON "approvals" USING btree ("kind","key") WHERE "approvals"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "vat_advances_open" ON "vat_advances" USING btree ("account_id") WHERE "vat_advances"."open_minor" > 0;
--> statement-breakpoint
-- Every table that is divided by month has its months made, whichever migration made the table.
create or replace function make_partitions(from_day date, to_day date) returns integer
language plpgsql security definer set search_path = pg_catalog, public set timezone = 'UTC' as $$
declare
  month date := date_trunc('month', from_day)::date;
  parent text;
  child text;
  made integer := 0;
begin
  perform pg_advisory_xact_lock(hashtext('make_partitions'));
  if to_day > from_day + interval '30 years' then
    raise exception 'make_partitions: more than 30 years asked for';
  end if;
  while month <= to_day loop
    for parent in
      select c.relname from pg_class c join pg_partitioned_table p on p.partrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and p.partstrat = 'r' order by c.relname
    loop
      child := parent || '_' || to_char(month, 'YYYY_MM');
      if to_regclass('public.' || child) is null then
        execute format('create table public.%I partition of public.%I for values from (%L) to (%L)',
          child, parent, month, (month + interval '1 month')::date);
        made := made + 1;
      end if;
    end loop;
    month := (month + interval '1 month')::date;
  end loop;
  return made;
end $$;
--> statement-breakpoint
-- The months that the book has already.
select make_partitions(to_date(min(right(c.relname, 7)), 'YYYY_MM'), to_date(max(right(c.relname, 7)), 'YYYY_MM'))
from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'public.transfers'::regclass;
--> statement-breakpoint
-- Through which month any book is closed, for whoever is about to book in these months; null when none is. Until the caller's
-- transaction ends none of them can be closed: whoever closes a month takes the same lock alone, and so waits for what is being
-- booked. Volatile, so that the reading sees what was committed while the lock was waited for.
create function closed_through(wanted date[]) returns date language plpgsql volatile as $$
declare
  one date;
begin
  foreach one in array wanted loop
    perform pg_advisory_xact_lock_shared(hashtext('accounting_periods'), (extract(year from one) * 12 + extract(month from one))::integer);
  end loop;
  return (select max(month) from accounting_periods where reopened_at is null);
end $$;
--> statement-breakpoint
revoke all on function closed_through(date[]) from public;
--> statement-breakpoint
grant execute on function closed_through(date[]) to uzel_app;
--> statement-breakpoint
-- Documents and what they stand on are written once.
grant select, insert on document_parties, invoices, invoice_lines, vat_advance_closings to uzel_app;
--> statement-breakpoint
grant select, insert, update on approvals, accounting_periods, number_series, vat_advances to uzel_app;
