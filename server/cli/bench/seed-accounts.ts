import type postgres from "postgres";
import type { Day } from "@/server/kernel/day";

export const ZONE = "Europe/Moscow";
/** Enough for any number of months. */
const BALANCE_MINOR = 1_000_000_000n;
/** Of one account in twenty, which has run out of money long ago. */
const MINUS_MINOR = -500_00n;
const FEE_MINOR = 650_00n;

/** Ordered by the number, as ids of version 7 are by their time. */
const idOf = (prefix: string, number: string) =>
  `('${prefix}' || lpad(to_hex(${number}), 8, '0') || '7' || substr(md5(${number}::text), 1, 3) || '8' || substr(md5(${number}::text), 4, 15))::uuid`;

/** Whether the n-th account, counted from 1, has run out of money. */
export const isInMinus = (n: number): boolean => n % 20 === 7;

/** The main tariffs, each with as many of a hundred accounts: how it is charged, and what stops it. */
const MIX = [
  { accounts: 2, method: "daily", gate: "if_enough" },
  { accounts: 8, method: "anniversary", gate: "if_enough" },
  { accounts: 10, method: "arrears", gate: "always" },
  { accounts: 10, method: "monthly", gate: "always" },
  { accounts: 10, method: "monthly", gate: "to_limit" },
  { accounts: 30, method: "monthly", gate: "if_enough" },
  { accounts: 30, method: "monthly", gate: "if_enough" },
] as const;
/** What three accounts in ten have besides: television without VAT's standard rate. */
const SECOND = MIX.length + 1;

/** SQL: the number of the main tariff of account `n`. */
const mainTariff = () => {
  const upTo = MIX.map((_, at) => MIX.slice(0, at + 1).reduce((sum, { accounts }) => sum + accounts, 0));
  return `(case ${upTo.map((bound, at) => `when n % 100 < ${bound} then ${at + 1}`).join(" ")} end)`;
};

/**
 * Customers with a contract, an account, a balance and 1.3 subscriptions each, written in sets: the run that charges them is
 * what is measured. Methods and gates are mixed, one account in twenty is in minus.
 */
export async function seedAccounts(owner: postgres.Sql, accounts: number, openedOn: Day): Promise<void> {
  const prices = MIX.map(
    ({ method, gate }, at) =>
      `(${idOf("0191", String(at + 1))}, 1, '2015-01-01', ${FEE_MINOR + BigInt(at) * 1111n}, '${method}', '${gate}')`,
  );
  await owner.unsafe(`
    insert into legal_entities (id, name, zone) values (${idOf("0190", "1")}, 'ООО «Замер»', '${ZONE}');
    insert into tariffs (id, code, name_ru, name_en, kind, down_kbps, up_kbps, revenue_code)
      select ${idOf("0191", "n")}, 'bench-' || n, 'Замер ' || n, 'Bench ' || n, 'internet', 100000, 100000, 'revenue:internet'
      from generate_series(1, ${MIX.length}) n;
    insert into tariffs (id, code, name_ru, name_en, kind, revenue_code, vat_code)
      values (${idOf("0191", String(SECOND))}, 'bench-tv', 'Замер ТВ', 'Bench TV', 'tv', 'revenue:tv', 'usn5');
    insert into tariff_prices (tariff_id, version, new_from, fee_minor, charge_method, money_gate)
      values ${prices.join(", ")}, (${idOf("0191", String(SECOND))}, 1, '2015-01-01', 19900, 'monthly', 'if_enough');
    insert into customers (id, kind, name) select ${idOf("0192", "n")}, 'person', 'Абонент ' || n from generate_series(1, ${accounts}) n;
    insert into contracts (id, customer_id, legal_entity_id, number, signed_on)
      select ${idOf("0193", "n")}, ${idOf("0192", "n")}, ${idOf("0190", "1")}, 'Б-' || n, '${openedOn}' from generate_series(1, ${accounts}) n;
    insert into accounts (id, number, customer_id, contract_id, opened_on)
      select ${idOf("0194", "n")}, n::text, ${idOf("0192", "n")}, ${idOf("0193", "n")}, '${openedOn}' from generate_series(1, ${accounts}) n;
    insert into account_balances (account_id, balance_minor)
      select ${idOf("0194", "n")}, case n % 20 when 7 then ${MINUS_MINOR} else ${BALANCE_MINOR} end from generate_series(1, ${accounts}) n;
    insert into subscriptions (account_id, id, tariff_id, started_on)
      select ${idOf("0194", "n")}, ${idOf("0195", "n")}, ${idOf("0191", mainTariff())}, '${openedOn}'::date + (n % 28)::int
      from generate_series(1, ${accounts}) n;
    insert into subscriptions (account_id, id, tariff_id, started_on)
      select ${idOf("0194", "n")}, ${idOf("0196", "n")}, ${idOf("0191", String(SECOND))}, '${openedOn}'
      from generate_series(1, ${accounts}) n where n % 10 in (3, 6, 9);
  `);
  await owner.unsafe("vacuum analyze");
}
