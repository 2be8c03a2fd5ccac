-- Months of the append-only tables. Called ahead of time by the daily job and, for old months, by the import.
create function make_partitions(from_day date, to_day date) returns integer
-- Bounds of instants are midnights of UTC whoever asks: sessions of two zones would leave a gap, or an overlap that fails.
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
    foreach parent in array array['transfers', 'charges', 'events', 'audit_log', 'usage_records'] loop
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
revoke all on function make_partitions(date, date) from public;
--> statement-breakpoint
grant execute on function make_partitions(date, date) to uzel_app;
--> statement-breakpoint
select make_partitions((current_date - interval '2 months')::date, (current_date + interval '4 months')::date);
--> statement-breakpoint
revoke create on schema public from public;
--> statement-breakpoint
grant usage on schema public to uzel_app;
--> statement-breakpoint
grant select, insert, update, delete on
  legal_entities, customers, contracts, addresses, accounts, account_search, users, login_identifiers, sessions,
  rate_limits, vat_rates, tariffs, tariff_prices, subscriptions, personal_prices, blocks,
  webhook_deliveries, services, service_tasks, network_servers, usage_records, settings, command_keys, imports,
  import_rows
to uzel_app;
--> statement-breakpoint
-- Money rows change state but are never taken away.
grant select, insert, update on account_balances, payments to uzel_app;
--> statement-breakpoint
-- The book, its keys and the trail are written once: no UPDATE, no DELETE, no TRUNCATE for the application.
grant select, insert on transfers, posting_keys, charges, events, audit_log, reconciliations to uzel_app;
--> statement-breakpoint
create schema radius;
--> statement-breakpoint
-- Whom RADIUS lets in at all: everyone who is not closed, and the walled only when the operator's setting is a walled
-- garden rather than a refusal. Not granted to anyone; the views below read it with their owner's rights.
create view radius.admitted with (security_barrier) as
select s.id, s.login, s.secret, s.static_ip, s.down_kbps, s.up_kbps, s.desired_state = 'active' as active
from public.services s
where s.desired_state = 'active'
   or (s.desired_state = 'walled' and coalesce(
        (select value #>> '{}' from public.settings where key = 'network.financial_block'), 'walled') = 'walled');
--> statement-breakpoint
create view radius.radcheck with (security_barrier) as
select 1 as id, login as username, 'Cleartext-Password'::text as attribute, ':='::varchar(2) as op, secret as value
from radius.admitted
union all
select 2, login, 'Simultaneous-Use', ':=', '1' from radius.admitted;
--> statement-breakpoint
-- Mikrotik-Rate-Limit is rx/tx as the router sees them: what the subscriber sends, then what the subscriber receives.
create view radius.radreply with (security_barrier) as
select 1 as id, login as username, 'Mikrotik-Rate-Limit'::text as attribute, ':='::varchar(2) as op,
       case when active then up_kbps || 'k/' || down_kbps || 'k' else '64k/64k' end as value
from radius.admitted
union all
select 2, login, 'Mikrotik-Address-List', ':=', case when active then 'paid' else 'walled' end from radius.admitted
union all
select 3, login, 'Framed-IP-Address', ':=', host(static_ip) from radius.admitted where static_ip is not null and active
union all
select 4, login, 'Acct-Interim-Interval', ':=', '300' from radius.admitted
union all
select 5, login, 'Class', ':=', '0x' || encode(convert_to(id::text, 'UTF8'), 'hex') from radius.admitted;
--> statement-breakpoint
create view radius.nas as
select id, address as nasname, short_name as shortname, vendor as type, secret, null::text as server
from public.network_servers;
--> statement-breakpoint
create view radius.radgroupcheck as
select 0 as id, null::text as groupname, null::text as attribute, null::varchar(2) as op, null::text as value where false;
--> statement-breakpoint
create view radius.radgroupreply as select * from radius.radgroupcheck;
--> statement-breakpoint
create view radius.radusergroup as
select 0 as id, null::text as username, null::text as groupname, 0 as priority where false;
--> statement-breakpoint
create table radius.radacct (
  radacctid bigint generated always as identity primary key,
  acctsessionid text not null,
  acctuniqueid text not null unique,
  -- The NAS's own key of a session. NASes reuse it after a reboot, so acctuniqueid is this key with the session's start.
  acctkey text not null,
  username text,
  nasipaddress inet not null,
  nasportid text,
  acctstarttime timestamptz not null,
  acctupdatetime timestamptz not null,
  acctstoptime timestamptz,
  acctsessiontime bigint not null default 0,
  acctinputoctets bigint not null default 0,
  acctoutputoctets bigint not null default 0,
  calledstationid text,
  callingstationid text,
  framedipaddress inet,
  acctterminatecause text,
  class text,
  -- Our own clock, when the last packet came: the NAS clocks above may be wrong, and late packets carry an old time.
  heardat timestamptz not null default now()
);
--> statement-breakpoint
create index radacct_key on radius.radacct (acctkey, acctstarttime);
--> statement-breakpoint
create index radacct_open on radius.radacct (username) where acctstoptime is null;
--> statement-breakpoint
create index radacct_open_by_nas on radius.radacct (nasipaddress) where acctstoptime is null;
--> statement-breakpoint
create index radacct_latest on radius.radacct (username, acctstarttime desc);
--> statement-breakpoint
create index radacct_heard on radius.radacct (heardat);
--> statement-breakpoint
-- How far accounting has been folded into usage_records; one row.
create table radius.fold_cursor (
  only_row boolean primary key default true check (only_row),
  folded_to timestamptz not null default '-infinity'
);
--> statement-breakpoint
insert into radius.fold_cursor default values;
--> statement-breakpoint
-- What RADIUS answered, without the password the subscriber typed.
create table radius.radpostauth (
  id bigint generated always as identity primary key,
  username text not null,
  reply text,
  calledstationid text,
  callingstationid text,
  authdate timestamptz not null default now()
);
--> statement-breakpoint
create index radpostauth_latest on radius.radpostauth (username, authdate desc);
--> statement-breakpoint
create index radpostauth_age on radius.radpostauth (authdate);
--> statement-breakpoint
grant usage on schema radius to uzel_radius, uzel_app;
--> statement-breakpoint
grant select on radius.radcheck, radius.radreply, radius.nas, radius.radgroupcheck, radius.radgroupreply,
  radius.radusergroup to uzel_radius, uzel_app;
--> statement-breakpoint
grant select, insert, update on radius.radacct to uzel_radius;
--> statement-breakpoint
grant insert on radius.radpostauth to uzel_radius;
--> statement-breakpoint
grant select on radius.radacct to uzel_app;
--> statement-breakpoint
grant select, delete on radius.radpostauth to uzel_app;
--> statement-breakpoint
grant select, update on radius.fold_cursor to uzel_app;
