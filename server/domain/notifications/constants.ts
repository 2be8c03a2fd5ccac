/**
 * What a subscriber is told of ahead of time and afterwards.
 *
 * - `money_ends`: prepaid; the first charge that the money does not suffice for;
 * - `payment_due`: postpaid; the day by which what was charged has to be paid;
 * - `trial_ends`: a trial turns paid;
 * - `price_changes`: a new version of the tariff's price reaches the subscriber at their next period;
 * - `change_scheduled`, `change_made`, `change_cancelled`: news of a change of tariff, as it happens;
 * - `change_failed`: its day has come, and there was nothing left to change.
 */
export const REMINDER_EVENTS = [
  "money_ends",
  "payment_due",
  "trial_ends",
  "price_changes",
  "change_scheduled",
  "change_made",
  "change_cancelled",
  "change_failed",
] as const;
export type ReminderEvent = (typeof REMINDER_EVENTS)[number];

/** News of a change of tariff: told when it happens, and of nothing that lies ahead. */
export const CHANGE_EVENTS = [
  "change_scheduled",
  "change_made",
  "change_cancelled",
  "change_failed",
] as const satisfies readonly ReminderEvent[];
export type ChangeEvent = (typeof CHANGE_EVENTS)[number];

/** About what has to be paid: money ends it, and an exception keeps it silent. */
export const MONEY_EVENTS = ["money_ends", "payment_due", "trial_ends"] as const satisfies readonly ReminderEvent[];

/** When an event may be spoken of: before its day, on it, after it. */
export const STEP_SIDES = ["before", "onDay", "after"] as const;
export type StepSide = (typeof STEP_SIDES)[number];
export const SIDES_OF: Readonly<Record<ReminderEvent, readonly StepSide[]>> = {
  money_ends: STEP_SIDES,
  payment_due: STEP_SIDES,
  trial_ends: ["before"],
  price_changes: ["before"],
  change_scheduled: ["onDay"],
  change_made: ["onDay"],
  change_cancelled: ["onDay"],
  change_failed: ["onDay"],
};

/** What a subscriber chooses channels for: all news of a change of tariff is one thing to them. */
export const TOPICS = ["money_ends", "payment_due", "trial_ends", "price_changes", "tariff_change"] as const;
export type Topic = (typeof TOPICS)[number];
export const TOPIC_OF: Readonly<Record<ReminderEvent, Topic>> = {
  money_ends: "money_ends",
  payment_due: "payment_due",
  trial_ends: "trial_ends",
  price_changes: "price_changes",
  change_scheduled: "tariff_change",
  change_made: "tariff_change",
  change_cancelled: "tariff_change",
  change_failed: "tariff_change",
};

export const CHANNELS = ["email", "sms", "messenger"] as const;
export type Channel = (typeof CHANNELS)[number];

/** `business`: companies and sole traders. */
export const AUDIENCES = ["everyone", "person", "business"] as const;
export type Audience = (typeof AUDIENCES)[number];

export const MESSAGE_LOCALES = ["ru", "en"] as const;
export type MessageLocale = (typeof MESSAGE_LOCALES)[number];

/**
 * `planned` → `sending` → `sent` | `failed` | `unknown`, or `dropped` before it was sent. `unknown` is not `failed`: the other
 * side may have the message, so it is never sent again by itself.
 */
export const MESSAGE_STATES = ["planned", "sending", "sent", "failed", "unknown", "dropped"] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** Why a planned message was not sent after all. */
export const DROP_REASONS = ["paid", "over", "exception", "unwanted", "step_off", "stale"] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** Why a message failed, or what the last try met with. */
export const FAILURES = [
  "no_address",
  "address_refused",
  "message_refused",
  "sender_refused",
  "login_refused",
  "busy",
  "unreachable",
  "timeout",
  "interrupted",
  "no_answer",
  "cannot_write",
] as const;
export type Failure = (typeof FAILURES)[number];

/** Failures of a line or of a setting of ours: the message certainly has not arrived, and the subscriber has no part in it. */
export const RETRIABLE = [
  "login_refused",
  "busy",
  "unreachable",
  "timeout",
  "cannot_write",
] as const satisfies readonly Failure[];

export const EXCEPTION_REASONS = ["vip", "public_body", "dispute", "other"] as const;
export type ExceptionReason = (typeof EXCEPTION_REASONS)[number];

/** No step stands further from its event: an account is looked at this many days ahead, and as many after. */
export const MAX_OFFSET_DAYS = 60;

/** A step that nobody could take on its day is made up for within so many days, and then left out. */
export const CATCH_UP_DAYS = 2;

const OF_A_CHANGE = ["name", "account", "operator", "day", "from", "tariff", "balance", "link"] as const;

/** Placeholders that a template may hold, by the event it speaks of. */
export const PLACEHOLDERS = {
  money_ends: ["name", "account", "operator", "day", "amount", "charge", "balance", "link"],
  payment_due: ["name", "account", "operator", "day", "amount", "balance", "link"],
  trial_ends: ["name", "account", "operator", "day", "amount", "tariff", "balance", "link"],
  price_changes: ["name", "account", "operator", "day", "amount", "before", "tariff", "balance", "link"],
  change_scheduled: [...OF_A_CHANGE, "amount", "fee", "returned", "sums"],
  change_made: [...OF_A_CHANGE, "amount", "fee", "charge", "returned", "sums"],
  change_cancelled: [...OF_A_CHANGE, "returned", "sums"],
  change_failed: [...OF_A_CHANGE, "returned", "sums"],
} as const satisfies Record<ReminderEvent, readonly string[]>;

/** Codes begin with the event they speak of: `money_ends_before`. */
export const TEMPLATE_CODE = new RegExp(`^(${REMINDER_EVENTS.join("|")})_[a-z0-9_]{1,40}$`);

export const QUIET_HOURS_SETTING = "notifications.quiet_hours";

/** Nobody is written to in these hours of the operator's zone; what falls into them goes out after. */
export const QUIET_HOURS = { from: "21:00", to: "09:00" } as const;
