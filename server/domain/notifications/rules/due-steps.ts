import { addDays, type Day, daysBetween } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import {
  type Audience,
  CATCH_UP_DAYS,
  type Channel,
  type DropReason,
  MONEY_EVENTS,
  type ReminderEvent,
  SIDES_OF,
  TOPIC_OF,
  type Topic,
} from "../constants";

/** In every language that messages are written in. */
export interface TariffName {
  readonly nameRu: string;
  readonly nameEn: string;
}

/** Something that a subscriber should be told of, and the day it happens. */
export interface Occasion {
  readonly event: ReminderEvent;
  /** Of news of a change: the day it is told. */
  readonly on: Day;
  /** What has to be paid: what is missing, what is owed, what the trial, the new price or tariff will cost. */
  readonly amountMinor: Minor;
  /** Of `money_ends`: the charge that the money does not suffice for; of `change_made`: what was charged at the new price. */
  readonly chargeMinor: Minor;
  /** Of what is about a tariff: the one that there will be. */
  readonly tariff: TariffName | null;
  /** Of `price_changes`: what a period costs until then. */
  readonly beforeMinor?: Minor;
  /** Of news of a change of tariff. */
  readonly change?: ChangeNews;
}

export interface ChangeNews {
  /** The tariff before. */
  readonly from: TariffName;
  /** The day the change is, was, or would have been made. */
  readonly effectiveOn: Day;
  /** Charged now for the change itself. */
  readonly feeMinor: Minor;
  /** Given back: unused days, fees of what is not going to be. */
  readonly returnedMinor: Minor;
}

/** What the rule needs to know of one account. */
export interface ReminderFacts {
  readonly accountId: string;
  readonly isPerson: boolean;
  readonly occasions: readonly Occasion[];
  /** Not reminded before this day; null = no exception in force. */
  readonly exceptUntil: Day | null;
  /** `topic|channel` that the subscriber has switched off. */
  readonly unwanted: ReadonlySet<string>;
}

export interface Step {
  readonly id: string;
  readonly event: ReminderEvent;
  readonly offsetDays: number;
  readonly audience: Audience;
  readonly channel: Channel;
  readonly templateCode: string;
  readonly isOn: boolean;
}

export interface DueStep {
  readonly step: Step;
  readonly occasion: Occasion;
}

export const choiceKey = (topic: Topic, channel: Channel) => `${topic}|${channel}`;
/** What is said once: this step, of this day. The account is the log's. */
export const saidKey = (stepId: string, occasionOn: Day) => `${stepId}|${occasionOn}`;

/**
 * The steps of the ladder that an account is due today and that its log does not hold.
 *
 * Of an occasion's steps on one channel only the latest whose day has come counts, the one for the account's own audience
 * before the one for everyone; one whose day is more than `CATCH_UP_DAYS` ago is left out, and so is a warning once its
 * event's day has come. So an account that falls behind late, a worker that slept and a ladder that is switched on over old
 * debts all begin where they stand.
 */
export function dueSteps(
  facts: ReminderFacts,
  ladder: readonly Step[],
  said: ReadonlySet<string>,
  today: Day,
): DueStep[] {
  return facts.occasions.flatMap((occasion) =>
    standingSteps(facts, occasion, ladder, today)
      .filter((step) => verdict(facts, step, occasion.on, ladder, today) === null)
      .filter((step) => !said.has(saidKey(step.id, occasion.on)))
      .map((step) => ({ step, occasion })),
  );
}

const isOfMoney = (event: ReminderEvent) => MONEY_EVENTS.some((one) => one === event);

/** Whether a step stands where its event may be spoken of: a trial before its end, news on the day. */
export function isOnItsSide(event: ReminderEvent, offsetDays: number): boolean {
  return SIDES_OF[event].includes(offsetDays < 0 ? "before" : offsetDays > 0 ? "after" : "onDay");
}

/**
 * Why a planned message should not be sent any more, or null when it should. `paid`: the occasion is gone because money
 * came; `over`: gone for another reason. An exception keeps silent what has to be paid, and no news.
 */
export function verdict(
  facts: ReminderFacts,
  step: Step,
  occasionOn: Day,
  ladder: readonly Step[],
  today: Day,
): DropReason | null {
  if (!step.isOn) return "step_off";
  const occasion = facts.occasions.find((one) => one.event === step.event && one.on === occasionOn);
  if (!occasion) return step.event === "money_ends" || step.event === "payment_due" ? "paid" : "over";
  if (isOfMoney(step.event) && facts.exceptUntil !== null && facts.exceptUntil > today) return "exception";
  if (facts.unwanted.has(choiceKey(TOPIC_OF[step.event], step.channel))) return "unwanted";
  return standingSteps(facts, occasion, ladder, today).some((one) => one.id === step.id) ? null : "stale";
}

/** The step of each channel that an occasion stands on today, whether or not it was said. */
function standingSteps(facts: ReminderFacts, occasion: Occasion, ladder: readonly Step[], today: Day): Step[] {
  const reached = ladder.filter(
    (step) => step.isOn && step.event === occasion.event && reaches(step, facts) && dayOf(step, occasion) <= today,
  );
  const latest = new Map<Channel, Step>();
  for (const step of reached) {
    const known = latest.get(step.channel);
    if (!known || isCloser(step, known)) latest.set(step.channel, step);
  }
  return [...latest.values()].filter(
    (step) =>
      daysBetween(dayOf(step, occasion), today) <= CATCH_UP_DAYS && (step.offsetDays >= 0 || today < occasion.on),
  );
}

const dayOf = (step: Step, occasion: Occasion) => addDays(occasion.on, step.offsetDays);

function reaches({ audience }: Step, { isPerson }: ReminderFacts): boolean {
  return audience === "everyone" || (audience === "person") === isPerson;
}

/** Later on the ladder; on one rung, the one meant for the account's own kind. */
function isCloser(step: Step, known: Step): boolean {
  if (step.offsetDays !== known.offsetDays) return step.offsetDays > known.offsetDays;
  return known.audience === "everyone" && step.audience !== "everyone";
}
