import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { ChangeDirection, ChangeTiming, ProposalState } from "@/server/domain/catalog/constants";
import { accountId, createdAt, day, instant, minor } from "../columns";
import { tariffs } from "./catalog";

/** The change matrix where nothing is said of a pair: what a change up, down or between equals costs and when it may take effect. */
export const changeDefaults = pgTable("change_defaults", {
  direction: text("direction").$type<ChangeDirection>().primaryKey(),
  allowed: boolean("allowed").notNull(),
  feeMinor: minor("fee_minor").notNull(),
  timing: text("timing").$type<ChangeTiming>().notNull(),
});

/** The change matrix's own words on a pair of tariffs; null = as its direction says. */
export const changePairs = pgTable(
  "change_pairs",
  {
    fromTariffId: uuid("from_tariff_id")
      .notNull()
      .references(() => tariffs.id),
    toTariffId: uuid("to_tariff_id")
      .notNull()
      .references(() => tariffs.id),
    allowed: boolean("allowed").notNull(),
    feeMinor: minor("fee_minor"),
    timing: text("timing").$type<ChangeTiming>(),
  },
  (table) => [primaryKey({ columns: [table.fromTariffId, table.toTariffId] })],
);

/** A word that makes fees cheaper for some months. Redeeming it writes a row of `discounts`. */
export const promoCodes = pgTable(
  "promo_codes",
  {
    id: uuid("id").primaryKey(),
    /** In capitals; what a person types is matched whatever its case. */
    code: text("code").notNull().unique("promo_codes_code"),
    /** Hundredths of a percent, 1–10000; exactly one of the two is set. */
    percentBp: integer("percent_bp"),
    /** Off one whole period of one subscription. */
    amountMinor: minor("amount_minor"),
    /** Calendar months from the day of redemption; null = for good. */
    months: integer("months"),
    /** Redeemable on `[validFrom, validTo)`. */
    validFrom: day("valid_from").notNull(),
    validTo: day("valid_to"),
    /** Null = any number of times. */
    totalLimit: integer("total_limit"),
    perCustomerLimit: integer("per_customer_limit").notNull().default(1),
    redeemed: integer("redeemed").notNull().default(0),
    createdAt: createdAt(),
  },
  (table) => [
    check("promo_codes_one_size", sql`(${table.percentBp} is null) <> (${table.amountMinor} is null)`),
    check("promo_codes_within_limit", sql`${table.totalLimit} is null or ${table.redeemed} <= ${table.totalLimit}`),
  ],
);

/** The tariffs a promo code makes cheaper; none = every one. */
export const promoCodeTariffs = pgTable(
  "promo_code_tariffs",
  {
    promoCodeId: uuid("promo_code_id")
      .notNull()
      .references(() => promoCodes.id),
    tariffId: uuid("tariff_id")
      .notNull()
      .references(() => tariffs.id),
  },
  (table) => [primaryKey({ columns: [table.promoCodeId, table.tariffId] })],
);

/** Who redeemed what. Append-only; its unique keys are what holds the limits under any number at once. */
export const promoRedemptions = pgTable(
  "promo_redemptions",
  {
    accountId: accountId(),
    promoCodeId: uuid("promo_code_id")
      .notNull()
      .references(() => promoCodes.id),
    /** The n-th redemption of the code, from 1. */
    number: integer("number").notNull(),
    customerId: uuid("customer_id").notNull(),
    /** The n-th of this customer, from 1. */
    place: integer("place").notNull(),
    redeemedOn: day("redeemed_on").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.promoCodeId, table.number] }),
    unique("promo_redemptions_number").on(table.promoCodeId, table.number),
    unique("promo_redemptions_place").on(table.promoCodeId, table.customerId, table.place),
  ],
);

/** Hours of more speed that were bought for a subscription: `[fromAt, untilAt)`. They follow one another, never overlap. */
export const boosts = pgTable(
  "boosts",
  {
    accountId: accountId(),
    id: uuid("id").notNull(),
    /** Whose speed it is. */
    subscriptionId: uuid("subscription_id").notNull(),
    tariffId: uuid("tariff_id")
      .notNull()
      .references(() => tariffs.id),
    /** The one-off subscription that it is charged by. */
    paidBySubscriptionId: uuid("paid_by_subscription_id").notNull(),
    fromAt: instant("from_at").notNull(),
    untilAt: instant("until_at").notNull(),
    downKbps: integer("down_kbps").notNull(),
    upKbps: integer("up_kbps").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.id] }),
    uniqueIndex("boosts_one_after_another").on(table.accountId, table.subscriptionId, table.fromAt),
    index("boosts_until").on(table.untilAt),
    check("boosts_last", sql`${table.untilAt} > ${table.fromAt}`),
  ],
);

/** A price version that one person wrote and another has to approve before it is published. */
export const priceProposals = pgTable(
  "price_proposals",
  {
    id: uuid("id").primaryKey(),
    tariffId: uuid("tariff_id")
      .notNull()
      .references(() => tariffs.id),
    /** What `publishPrice` takes, sums as text. */
    content: jsonb("content").$type<Record<string, unknown>>().notNull(),
    /** `proposed` → `approved` | `rejected` | `withdrawn`. */
    state: text("state").$type<ProposalState>().notNull(),
    proposedBy: uuid("proposed_by").notNull(),
    decidedBy: uuid("decided_by"),
    decidedAt: instant("decided_at"),
    /** Why it was rejected. */
    reason: text("reason"),
    /** What it became. */
    version: integer("version"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("price_proposals_one_open").on(table.tariffId).where(sql`${table.state} = 'proposed'`),
    index("price_proposals_tariff").on(table.tariffId, table.createdAt.desc()),
    check(
      "price_proposals_two_people",
      sql`${table.state} = 'withdrawn' or ${table.decidedBy} is null or ${table.decidedBy} <> ${table.proposedBy}`,
    ),
  ],
);
