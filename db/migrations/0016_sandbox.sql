CREATE TABLE "sandbox_copies" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"source_account_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"copied_at" timestamp (6) with time zone NOT NULL,
	"clock_at" timestamp (6) with time zone NOT NULL,
	"copied_by" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sandbox_copies_ordinal" UNIQUE("ordinal")
);
--> statement-breakpoint
CREATE TABLE "sandbox_mark" (
	"only_row" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sandbox_mark_one_row" CHECK ("sandbox_mark"."only_row")
);
--> statement-breakpoint
CREATE TABLE "sandbox_payments" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"paid_on" date NOT NULL,
	"amount_minor" bigint NOT NULL,
	"posted_at" timestamp (6) with time zone,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sandbox_payments_account_id_id_pk" PRIMARY KEY("account_id","id"),
	CONSTRAINT "sandbox_payments_positive" CHECK ("sandbox_payments"."amount_minor" > 0)
);
--> statement-breakpoint
ALTER TABLE "sandbox_copies" ADD CONSTRAINT "sandbox_copies_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sandbox_payments" ADD CONSTRAINT "sandbox_payments_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
-- Whether a database is a sandbox is the owner's word, not the application's.
grant select on sandbox_mark to uzel_app;--> statement-breakpoint
grant select, insert, update on sandbox_copies, sandbox_payments to uzel_app;--> statement-breakpoint
-- Takes a copy away with its book and its trail, which the application itself may never do. Where there is no mark of a
-- sandbox it refuses, and an account that is no copy is left alone.
create function drop_sandbox_copy(copy uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  child text;
  the_contract uuid;
  the_customer uuid;
begin
  if not exists (select from public.sandbox_mark) then
    raise exception 'drop_sandbox_copy: this database is not a sandbox' using errcode = '42501';
  end if;
  perform from public.sandbox_copies c where c.account_id = copy for update;
  if not found then
    return false;
  end if;
  select a.contract_id, a.customer_id into the_contract, the_customer from public.accounts a where a.id = copy;
  for child in
    select t.relname from pg_class t join pg_attribute a on a.attrelid = t.oid
    where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p') and not t.relispartition
      and a.attname = 'account_id' and not a.attisdropped
  loop
    execute format('delete from public.%I where account_id = $1', child) using copy;
  end loop;
  delete from public.accounts where id = copy;
  delete from public.contracts where id = the_contract;
  delete from public.customers where id = the_customer;
  return true;
end $$;
--> statement-breakpoint
revoke all on function drop_sandbox_copy(uuid) from public;
--> statement-breakpoint
grant execute on function drop_sandbox_copy(uuid) to uzel_app;
