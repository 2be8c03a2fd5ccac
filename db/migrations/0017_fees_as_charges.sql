ALTER TABLE "charges" ALTER COLUMN "tariff_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "charges" ADD CONSTRAINT "charges_tariff_or_fee" CHECK ((tariff_id is null) = (kind like '%\_fee'));--> statement-breakpoint
-- Fees that stood in the book alone: their posting keys name each with its day, their transfers the rest. A fee without a leg of
-- VAT was of the standard rate too, and too small for a kopeck of it, or the rate was zero.
insert into charges (account_id, subscription_id, period_start, kind, period_end, charged_from, charged_to, charged_days, period_days,
                     booked_on, fee_minor, amount_minor, vat_percent, vat_minor, created_at)
select k.account_id, t.subject_id, k.booked_on,
       case max(t.credit) filter (where t.kind = 'charge')
         when 'revenue:promised' then 'promised_fee' when 'revenue:suspension' then 'suspension_fee'
         when 'revenue:tariff-change' then 'change_fee' end,
       k.booked_on + 1, k.booked_on, k.booked_on + 1, 1, 1, k.booked_on, sum(t.amount_minor), sum(t.amount_minor),
       coalesce(max(substr(t.credit, 5)::integer) filter (where t.kind = 'charge_vat'),
                (select percent from vat_rates where code = 'standard' and valid_from <= k.booked_on order by valid_from desc limit 1), 0),
       coalesce(sum(t.amount_minor) filter (where t.kind = 'charge_vat'), 0), min(t.created_at)
from posting_keys k
join transfers t on t.account_id = k.account_id and t.booked_on = k.booked_on and t.subject_id::text = substr(k.key, 5)
  and t.kind in ('charge', 'charge_vat')
where k.key like 'fee:%'
group by k.account_id, k.booked_on, t.subject_id;
--> statement-breakpoint
insert into adjustments (account_id, id, subscription_id, term, period_start, kind, booked_on, amount_minor, vat_percent, vat_minor,
                         reason, created_at)
select k.account_id, gen_random_uuid(), c.subscription_id, c.term, c.period_start, c.kind, k.booked_on, sum(t.amount_minor),
       c.vat_percent, coalesce(sum(t.amount_minor) filter (where t.kind = 'adjustment_vat'), 0), 'fee_returned', min(t.created_at)
from posting_keys k
join charges c on c.account_id = k.account_id and c.subscription_id::text = substr(k.key, 10) and c.kind like '%\_fee'
join transfers t on t.account_id = k.account_id and t.booked_on = k.booked_on and t.subject_id = c.subscription_id
  and t.kind in ('adjustment', 'adjustment_vat')
where k.key like 'fee\_back:%'
group by k.account_id, k.booked_on, c.subscription_id, c.term, c.period_start, c.kind, c.vat_percent;
