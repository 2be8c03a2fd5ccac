import { type Params, tableHref } from "@/components/blocks/table-url";
import {
  CHANNELS,
  type Channel,
  MESSAGE_STATES,
  type MessageState,
  REMINDER_EVENTS,
  type ReminderEvent,
} from "@/server/domain/notifications/constants";
import { REMINDER_PAGES } from "./reminders-header";

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export type LogFilter = {
  state?: MessageState;
  channel?: Channel;
  event?: ReminderEvent;
  accountNumber?: string;
  from?: string;
  to?: string;
};
export type LogParams = { filter: LogFilter; after?: string };

/** The address of the log read with care: what is not ours is left out, never an error. */
export function readLogParams(raw: Params): LogParams {
  const text = (name: string, fits: (value: string) => boolean) => {
    const value = typeof raw[name] === "string" ? raw[name].trim() : "";
    return value !== "" && value.length <= 200 && fits(value) ? value : undefined;
  };
  const oneOf = <T extends string>(all: readonly T[], name: string) => all.find((one) => one === raw[name]);
  const filter = {
    state: oneOf(MESSAGE_STATES, "state"),
    channel: oneOf(CHANNELS, "channel"),
    event: oneOf(REMINDER_EVENTS, "event"),
    accountNumber: text("accountNumber", (value) => value.length <= 60),
    from: text("from", (value) => DAY.test(value)),
    to: text("to", (value) => DAY.test(value)),
  };
  const after = text("after", () => true);
  return { filter: given(filter), ...(after && { after }) };
}

/** The log with some parameters changed; a changed log starts from its newest. */
export function logHref({ filter }: LogParams, changes: Params): string {
  return tableHref(REMINDER_PAGES.log, filter, { after: undefined, ...changes });
}

/** The day asked for, else tomorrow. */
export function readDueParams(raw: Params, today: string): { day: string; after?: string } {
  const day = typeof raw.day === "string" && DAY.test(raw.day) ? raw.day : dayAfter(today);
  const after = typeof raw.after === "string" && UUID.test(raw.after) ? raw.after : undefined;
  return { day, ...(after && { after }) };
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

function given<T extends Record<string, string | undefined>>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
