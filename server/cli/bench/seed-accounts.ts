import type postgres from "postgres";
import type { Day } from "@/server/kernel/day";

export const ZONE = "Europe/Moscow";
/** Enough for any number of months. */
const BALANCE_MINOR = 1_000_000_000n;
export const FEE_MINOR = 650_00n;

/** Ordered by the number, as ids of version 7 are by their time. */
const idOf = (prefix: string, number: string) =>
  `('${prefix}' || lpad(to_hex(${number}), 8, '0') || '7' || substr(md5(${number}::text), 1, 3) || '8' || substr(md5(${number}::text), 4, 15))::uuid`;

/**
 * Customers with a contract, an account, a balance and one subscription each, written in sets: the run that charges them
 * is what is measured. Ten tariffs, so that prices differ.
 */
export async function seedAccounts(owner: postgres.Sql, accounts: number, openedOn: Day): Promise<void> {
  await owner.unsafe(`
    insert into legal_entities (id, name, zone) values (${idOf("0190", "1")}, 'ООО «Замер»', '${ZONE}');
    insert into tariffs (id, code, name_ru, name_en, kind, down_kbps, up_kbps, revenue_code)
      select ${idOf("0191", "n")}, 'bench-' || n, 'Замер ' || n, 'Bench ' || n, 'internet', 100000, 100000, 'revenue:internet'
      from generate_series(1, 10) n;
    insert into tariff_prices (tariff_id, version, new_from, fee_minor)
      select ${idOf("0191", "n")}, 1, '2020-01-01', ${FEE_MINOR} + n * 1111 from generate_series(1, 10) n;
    insert into customers (id, kind, name) select ${idOf("0192", "n")}, 'person', 'Абонент ' || n from generate_series(1, ${accounts}) n;
    insert into contracts (id, customer_id, legal_entity_id, number, signed_on)
      select ${idOf("0193", "n")}, ${idOf("0192", "n")}, ${idOf("0190", "1")}, 'Б-' || n, '${openedOn}' from generate_series(1, ${accounts}) n;
    insert into accounts (id, number, customer_id, contract_id, opened_on)
      select ${idOf("0194", "n")}, n::text, ${idOf("0192", "n")}, ${idOf("0193", "n")}, '${openedOn}' from generate_series(1, ${accounts}) n;
    insert into account_balances (account_id, balance_minor) select ${idOf("0194", "n")}, ${BALANCE_MINOR} from generate_series(1, ${accounts}) n;
    insert into subscriptions (account_id, id, tariff_id, started_on)
      select ${idOf("0194", "n")}, ${idOf("0195", "n")}, ${idOf("0191", "(1 + n % 10)")}, '${openedOn}' from generate_series(1, ${accounts}) n;
  `);
  await owner.unsafe("vacuum analyze");
}
