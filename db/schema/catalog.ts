import { boolean, foreignKey, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { ChargeMethod, DayRule, MoneyGate, Proration, TariffStatus } from "@/server/domain/catalog/constants";
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
  /** Of a button that gives more speed for a while: how long; its speed is what it gives. */
  boostHours: integer("boost_hours"),
  /** Ledger code that the net fee is credited to, `revenue:internet`. */
  revenueCode: text("revenue_code").notNull(),
  vatCode: text("vat_code").notNull().default("standard"),
  status: text("status").$type<TariffStatus>().notNull().default("published"),
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
    chargeMethod: text("charge_method").$type<ChargeMethod>().notNull().default("monthly"),
    moneyGate: text("money_gate").$type<MoneyGate>().notNull().default("if_enough"),
    /** What a part of a period costs when a term starts in it, is changed in it, stops in it. */
    prorationStart: text("proration_start").$type<Proration>().notNull().default("actual_days"),
    prorationChange: text("proration_change").$type<Proration>().notNull().default("actual_days"),
    prorationStop: text("proration_stop").$type<Proration>().notNull().default("actual_days"),
    /** Whether a day on which a block begins or ends is charged. */
    dayRule: text("day_rule").$type<DayRule>().notNull().default("connection_in"),
    /** Months in one period: 1, 3, 12. */
    periodMonths: integer("period_months").notNull().default(1),
    /** How many periods are charged at the most (an instalment); null = for as long as the subscription lasts. */
    maxCharges: integer("max_charges"),
    /** Of `charge_method = usage`: the pricer and its parameters, checked by the usage module's schema. */
    usagePricing: jsonb("usage_pricing").$type<Record<string, unknown>>(),
  },
  (table) => [primaryKey({ columns: [table.tariffId, table.version] })],
);

/**
 * The first months of a price that cost otherwise, in order: a promotion, a trial. After the last of them the version's own
 * fee is in force, without a manual step.
 */
export const tariffPhases = pgTable(
  "tariff_phases",
  {
    tariffId: uuid("tariff_id").notNull(),
    version: integer("version").notNull(),
    position: integer("position").notNull(),
    months: integer("months").notNull(),
    /** Per whole period, VAT inside. */
    feeMinor: minor("fee_minor").notNull(),
    /** A trial warns before it turns paid. */
    isTrial: boolean("is_trial").notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.tariffId, table.version, table.position] }),
    foreignKey({
      columns: [table.tariffId, table.version],
      foreignColumns: [tariffPrices.tariffId, tariffPrices.version],
      name: "tariff_phases_price",
    }),
  ],
);

/** Tariffs that cost less together; the discount falls off when a part leaves. */
export const bundles = pgTable("bundles", {
  id: uuid("id").primaryKey(),
  code: text("code").notNull().unique("bundles_code"),
  nameRu: text("name_ru").notNull(),
  nameEn: text("name_en").notNull(),
  validFrom: day("valid_from").notNull(),
  validTo: day("valid_to"),
  createdAt: createdAt(),
});

/** A part of a bundle and what it is cheaper by while every part is there: hundredths of a percent of its fee. */
export const bundleParts = pgTable(
  "bundle_parts",
  {
    bundleId: uuid("bundle_id")
      .notNull()
      .references(() => bundles.id),
    tariffId: uuid("tariff_id")
      .notNull()
      .references(() => tariffs.id),
    discountBp: integer("discount_bp").notNull(),
  },
  (table) => [primaryKey({ columns: [table.bundleId, table.tariffId] })],
);

/**
 * One row, which names the state of all the tables above: triggers give it another `version` in the transaction that
 * changes them, so whoever keeps a copy can ask whether it is still true.
 */
export const catalogVersion = pgTable("catalog_version", {
  onlyRow: boolean("only_row").primaryKey().default(true),
  version: uuid("version").notNull().defaultRandom(),
});
