import { boolean, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, day, minor } from "../columns";

/** VAT by date of service. `code` is our own (`standard`, `usn5`, `usn7`, `none`); the rate is dated. */
export const vatRates = pgTable(
  "vat_rates",
  { code: text("code").notNull(), validFrom: day("valid_from").notNull(), percent: integer("percent").notNull() },
  (table) => [primaryKey({ columns: [table.code, table.validFrom] })],
);

/** A product with dated prices. The speed is what the network is told, kbit/s. */
export const tariffs = pgTable("tariffs", {
  id: uuid("id").primaryKey(),
  code: text("code").notNull().unique("tariffs_code"),
  nameRu: text("name_ru").notNull(),
  nameEn: text("name_en").notNull(),
  /** `internet` reaches the network; `tv`, `phone`, `option` are promises without a network account. */
  kind: text("kind").notNull(),
  downKbps: integer("down_kbps"),
  upKbps: integer("up_kbps"),
  /** Ledger code that the net fee is credited to, `revenue:internet`. */
  revenueCode: text("revenue_code").notNull(),
  vatCode: text("vat_code").notNull().default("standard"),
  status: text("status").notNull().default("published"),
  isPublic: boolean("is_public").notNull().default(true),
  createdAt: createdAt(),
});

/**
 * Price versions, each with two dates: from when new subscribers get it, and from when existing ones move to it at
 * their own next period start (null = they never do).
 */
export const tariffPrices = pgTable(
  "tariff_prices",
  {
    tariffId: uuid("tariff_id")
      .notNull()
      .references(() => tariffs.id),
    version: integer("version").notNull(),
    newFrom: day("new_from").notNull(),
    existingFrom: day("existing_from"),
    /** Per whole period, VAT inside. */
    feeMinor: minor("fee_minor").notNull(),
    chargeMethod: text("charge_method").notNull().default("monthly"),
    moneyGate: text("money_gate").notNull().default("if_enough"),
    proration: text("proration").notNull().default("actual_days"),
  },
  (table) => [primaryKey({ columns: [table.tariffId, table.version] })],
);

/**
 * One row, which names the state of all the tables above: triggers give it another `version` in the transaction that
 * changes them, so whoever keeps a copy can ask whether it is still true.
 */
export const catalogVersion = pgTable("catalog_version", {
  onlyRow: boolean("only_row").primaryKey().default(true),
  version: uuid("version").notNull().defaultRandom(),
});
