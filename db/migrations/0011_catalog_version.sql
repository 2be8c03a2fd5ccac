CREATE TABLE "catalog_version" (
	"only_row" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"version" uuid DEFAULT gen_random_uuid() NOT NULL
);
--> statement-breakpoint
alter table catalog_version add constraint catalog_version_one_row check (only_row);
--> statement-breakpoint
insert into catalog_version default values;
--> statement-breakpoint
-- Readers keep a copy of the catalog by this version, so it must change with the tables whoever writes them; the row's
-- lock puts writers one after another. With the owner's rights: the application only reads the version.
create function renew_catalog_version() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update public.catalog_version set version = gen_random_uuid();
  return null;
end $$;
--> statement-breakpoint
revoke all on function renew_catalog_version() from public;
--> statement-breakpoint
create trigger renew_catalog_version after insert or update or delete or truncate on tariffs
  for each statement execute function renew_catalog_version();
--> statement-breakpoint
create trigger renew_catalog_version after insert or update or delete or truncate on tariff_prices
  for each statement execute function renew_catalog_version();
--> statement-breakpoint
create trigger renew_catalog_version after insert or update or delete or truncate on vat_rates
  for each statement execute function renew_catalog_version();
--> statement-breakpoint
create trigger renew_catalog_version after insert or update or delete or truncate on tariff_phases
  for each statement execute function renew_catalog_version();
--> statement-breakpoint
create trigger renew_catalog_version after insert or update or delete or truncate on bundles
  for each statement execute function renew_catalog_version();
--> statement-breakpoint
create trigger renew_catalog_version after insert or update or delete or truncate on bundle_parts
  for each statement execute function renew_catalog_version();
--> statement-breakpoint
grant select on catalog_version to uzel_app;
