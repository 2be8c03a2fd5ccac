import { sql } from "drizzle-orm";
import { index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { accountId, createdAt, day, minor, tsvector } from "../columns";

/** The operator's own company: who sells, whose numbers and zone the documents carry. */
export const legalEntities = pgTable("legal_entities", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull(),
  inn: text("inn"),
  /** IANA zone in which this company's billing days are counted. */
  zone: text("zone").notNull(),
  createdAt: createdAt(),
});

/** The party («абонент»): a person, a sole trader (ИП) or a company. */
export const customers = pgTable(
  "customers",
  {
    id: uuid("id").primaryKey(),
    kind: text("kind").notNull(),
    name: text("name").notNull(),
    /** E.164, "+79120000000". */
    phone: text("phone"),
    email: text("email"),
    inn: text("inn"),
    kpp: text("kpp"),
    createdAt: createdAt(),
  },
  (table) => [
    // Lists are read in the order of names, a page at a time.
    index("customers_name").on(table.name),
    // A bank tells who paid by this number.
    index("customers_inn").on(table.inn).where(sql`${table.inn} is not null`),
  ],
);

/** What was signed («договор»). */
export const contracts = pgTable(
  "contracts",
  {
    id: uuid("id").primaryKey(),
    customerId: uuid("customer_id")
      .notNull()
      .references(() => customers.id),
    legalEntityId: uuid("legal_entity_id")
      .notNull()
      .references(() => legalEntities.id),
    number: text("number").notNull(),
    signedOn: day("signed_on").notNull(),
    terminatedOn: day("terminated_on"),
    createdAt: createdAt(),
  },
  (table) => [
    unique("contracts_number").on(table.legalEntityId, table.number),
    index("contracts_customer").on(table.customerId),
  ],
);

export const addresses = pgTable("addresses", {
  id: uuid("id").primaryKey(),
  city: text("city").notNull(),
  street: text("street").notNull(),
  house: text("house").notNull(),
  flat: text("flat"),
});

/** «Лицевой счёт»: who owes. The money itself is in the ledger; this row says what the account is. */
export const accounts = pgTable(
  "accounts",
  {
    id: uuid("id").primaryKey(),
    number: text("number").notNull().unique("accounts_number"),
    customerId: uuid("customer_id")
      .notNull()
      .references(() => customers.id),
    contractId: uuid("contract_id")
      .notNull()
      .references(() => contracts.id),
    addressId: uuid("address_id").references(() => addresses.id),
    currency: text("currency").notNull().default("RUB"),
    /** Day of the month a period starts on, 1–31; 1 = calendar month. */
    anchorDay: integer("anchor_day").notNull().default(1),
    /** How far below zero the balance may go, kopecks ≥ 0. */
    creditLimitMinor: minor("credit_limit_minor").notNull().default(sql`0`),
    /** What is charged whatever the balance has to be paid within so many days; null = the operator's setting. */
    paymentTermDays: integer("payment_term_days"),
    /** Days past due before the service is closed; null = the operator's setting. */
    blockDelayDays: integer("block_delay_days"),
    openedOn: day("opened_on").notNull(),
    closedOn: day("closed_on"),
    createdAt: createdAt(),
  },
  (table) => [index("accounts_customer").on(table.customerId), index("accounts_contract").on(table.contractId)],
);

/** One searchable line per account: number, contract, name, phone, e-mail, address, normalised to words. */
export const accountSearch = pgTable(
  "account_search",
  { accountId: accountId(), document: tsvector("document").notNull() },
  (table) => [
    primaryKey({ columns: [table.accountId] }),
    index("account_search_document").using("gin", table.document),
  ],
);
