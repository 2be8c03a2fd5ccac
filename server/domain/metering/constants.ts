/** What a record may name its subscription by. `login` is found among the network's services, the rest are assigned. */
export const IDENTIFIER_KINDS = ["phone", "login", "ip", "card", "other"] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** Those that are assigned here. */
export const ASSIGNED_KINDS = ["phone", "ip", "card", "other"] as const;

/**
 * Why a record waits in the bin.
 *
 * - `malformed`: a part of it could not be read;
 * - `too_late`, `in_future`: dated out of reason;
 * - `unknown_service`: nobody has such an identifier; `not_in_force`: somebody has, not on that day;
 * - `account_closed`: nothing can be charged any more;
 * - `no_price`: the tariff of that day does not charge usage; `meter_unknown`: not usage of this kind;
 * - `wrong_measure`: the price counts another thing than the record.
 */
export const FAULTS = [
  "malformed",
  "too_late",
  "in_future",
  "unknown_service",
  "not_in_force",
  "account_closed",
  "no_price",
  "meter_unknown",
  "wrong_measure",
] as const;
export type Fault = (typeof FAULTS)[number];

export const FAULT_STATES = ["open", "mended", "dropped"] as const;
export type FaultState = (typeof FAULT_STATES)[number];

/** Older usage is a matter for people: bills of that time have been argued and closed. */
export const LATEST_DAYS = 180;
/** A switch whose clock is ahead by more than this is wrong about everything. */
export const EARLIEST_DAYS = 1;

/** More units than this in one record are a broken counter: a year of seconds, a petabyte. */
export const MOST_UNITS = 1_125_899_906_842_624n;
