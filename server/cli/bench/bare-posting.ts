/**
 * The limit of `payment-path`: what `postPayment` writes, as one function in the database, called as one statement. It
 * exists in the bench's scratch database only.
 */
export const BARE_POSTING = `
create function bench_post_payment(account uuid, payment uuid, provider_payment text, day date) returns void
language plpgsql security definer set search_path = public as $$
declare
  amount bigint;
  number bigint;
begin
  select amount_minor into strict amount from payments where account_id = account and id = payment and state = 'pending' for update;
  insert into posting_keys (account_id, key, booked_on) values (account, 'payment:' || payment, day);
  update payments set state = 'posted', provider_payment_id = provider_payment, method_title = 'bank_card', income_minor = amount,
    is_test = true, paid_at = now(), posted_at = now(), ask_at = null, failure = null
  where account_id = account and id = payment;
  update account_balances set balance_minor = balance_minor + amount, version = version + 1, updated_at = now()
  where account_id = account returning version into number;
  insert into transfers (account_id, booked_on, number, debit, credit, amount_minor, currency, kind, occurred_at, subject_id)
  values (account, day, number, 'cash:yookassa', 'customer', amount, 'RUB', 'payment', now(), payment);
  insert into audit_log (occurred_at, id, actor, request_id, action, entity, entity_id, account_id, before, after)
  values (now(), gen_random_uuid(), 'job:bench', 'bench', 'payment.post', 'payment', payment, account,
    jsonb_build_object('state', 'pending', 'wasOpen', true),
    jsonb_build_object('state', 'posted', 'amountMinor', amount::text, 'providerPaymentId', provider_payment));
  insert into events (occurred_at, id, account_id, type, payload, actor)
  values (now(), gen_random_uuid(), account, 'payment.posted',
    jsonb_build_object('paymentId', payment, 'amountMinor', amount::text, 'provider', 'yookassa'), 'job:bench');
  perform graphile_worker.add_job('settle_account', json_build_object('accountIds', json_build_array(account)),
    job_key := 'settle_account:' || account);
end $$;
grant execute on function bench_post_payment(uuid, uuid, text, date) to uzel_app;`;
