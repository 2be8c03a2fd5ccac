export const TARIFF_KINDS = ["internet", "tv", "phone", "option"] as const;
export type TariffKind = (typeof TARIFF_KINDS)[number];

/** `draft`: written down, no price of it is published yet; `off_sale`: whoever has it keeps it, nobody else gets it. */
export const TARIFF_STATUSES = ["draft", "published", "off_sale"] as const;
export type TariffStatus = (typeof TARIFF_STATUSES)[number];

/** Codes of tariffs and bundles: they stand in mappings and addresses. */
export const CATALOG_CODE = /^[a-z0-9][a-z0-9_-]{0,59}$/;

/**
 * When a price line is charged (domain.md §2).
 *
 * - `monthly`: the whole fee at once, when a period of the account's anchor begins;
 * - `daily`: equal shares of the fee, a day at a time, that add up to it exactly;
 * - `anniversary`: at once, on the subscription's own day of the month;
 * - `arrears`: when the period is over, for what it was;
 * - `one_off`: once, on the first day;
 * - `usage`: when the period is over, for what was used in it.
 */
export const CHARGE_METHODS = ["monthly", "daily", "anniversary", "arrears", "one_off", "usage"] as const;
export type ChargeMethod = (typeof CHARGE_METHODS)[number];

/**
 * What the balance has to say to a charge.
 *
 * - `if_enough`: prepaid; all of an account's such charges or none, and no debt appears;
 * - `to_limit`: each charge that the limit still has room for, the earlier subscription first;
 * - `always`: whatever the balance; it has to be paid by its due date.
 */
export const MONEY_GATES = ["if_enough", "to_limit", "always"] as const;
export type MoneyGate = (typeof MONEY_GATES)[number];

/**
 * What a part of a period costs. `actual_days`: fee × charged days ÷ days of the whole period. `thirty`: a day is a thirtieth
 * of the month's fee, and thirty days or more are the whole. `none`: the whole fee.
 */
export const PRORATIONS = ["actual_days", "thirty", "none"] as const;
export type Proration = (typeof PRORATIONS)[number];

/**
 * Whether a day is charged on which a block begins or ends. `connection_in`: the day of connection is, the day of
 * disconnection is not. `any_moment`: a day with any service is. `at_midnight`: what was on at 00:00 is.
 */
export const DAY_RULES = ["connection_in", "any_moment", "at_midnight"] as const;
export type DayRule = (typeof DAY_RULES)[number];

/** A year of months and what divides it. */
export const PERIOD_MONTHS = [1, 2, 3, 4, 6, 12] as const;

export const VAT_CODES = ["standard", "usn5", "usn7", "none"] as const;
export type VatCode = (typeof VAT_CODES)[number];

/**
 * How usage becomes money (`rating/rules`): so much a unit; a unit at the price of its tier; all at the price of the tier
 * they reach; a package with rollover; connection and begun increments; a share of a sum.
 */
export const PRICERS = ["per_unit", "tiered", "volume", "package", "increments", "percentage"] as const;
export type Pricer = (typeof PRICERS)[number];

/** What records are measured in: whole seconds, octets, pieces, kopecks of somebody's sum. */
export const MEASURES = ["second", "octet", "piece", "kopeck"] as const;
export type Measure = (typeof MEASURES)[number];

/** What prices are counted in. */
export const UNITS = ["second", "minute", "octet", "megabyte", "gigabyte", "piece", "ruble"] as const;
export type Unit = (typeof UNITS)[number];

/** How many of its measure a unit is. Mega and giga are binary, as traffic is sold. */
export const UNIT_SIZES: Readonly<Record<Unit, { readonly measure: Measure; readonly size: bigint }>> = {
  second: { measure: "second", size: 1n },
  minute: { measure: "second", size: 60n },
  octet: { measure: "octet", size: 1n },
  megabyte: { measure: "octet", size: 1_048_576n },
  gigabyte: { measure: "octet", size: 1_073_741_824n },
  piece: { measure: "piece", size: 1n },
  ruble: { measure: "kopeck", size: 100n },
};

/** Which way a tariff change goes, by the fee of a month. */
export const CHANGE_DIRECTIONS = ["up", "down", "equal"] as const;
export type ChangeDirection = (typeof CHANGE_DIRECTIONS)[number];

/** When a tariff change may take effect. `either`: whoever changes chooses, the next period unless they say otherwise. */
export const CHANGE_TIMINGS = ["next_period", "at_once", "either"] as const;
export type ChangeTiming = (typeof CHANGE_TIMINGS)[number];

/** `proposed` waits for a second person; the rest are what became of it. */
export const PROPOSAL_STATES = ["proposed", "approved", "rejected", "withdrawn"] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];
