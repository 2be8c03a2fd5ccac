import { z } from "zod";
import { isDay } from "@/server/kernel/day";
import {
  AUDIENCES,
  CHANNELS,
  EXCEPTION_REASONS,
  MAX_OFFSET_DAYS,
  MESSAGE_LOCALES,
  MESSAGE_STATES,
  REMINDER_EVENTS,
  TEMPLATE_CODE,
  TOPICS,
} from "./constants";
import { isOnItsSide } from "./rules/due-steps";

const DayInput = z.string().refine(isDay, { error: "day.malformed" });
const TimeInput = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "time.malformed" });
const OffsetInput = z.int().min(-MAX_OFFSET_DAYS).max(MAX_OFFSET_DAYS);

export const AddStepInput = z
  .object({
    event: z.enum(REMINDER_EVENTS),
    offsetDays: OffsetInput,
    audience: z.enum(AUDIENCES),
    channel: z.enum(CHANNELS),
    templateCode: z.string().regex(TEMPLATE_CODE),
  })
  .refine((step) => step.templateCode.startsWith(`${step.event}_`), { error: "template.of_another_event" })
  .refine((step) => isOnItsSide(step.event, step.offsetDays), { error: "reminder_step.wrong_side" });
export type AddStepInput = z.input<typeof AddStepInput>;

/** What a step is about stays: another event is another step. */
export const ChangeStepInput = z.object({
  stepId: z.uuid(),
  offsetDays: OffsetInput,
  audience: z.enum(AUDIENCES),
  channel: z.enum(CHANNELS),
  templateCode: z.string().regex(TEMPLATE_CODE),
  isOn: z.boolean(),
});
export type ChangeStepInput = z.input<typeof ChangeStepInput>;

export const ChangeTemplateInput = z.object({
  code: z.string().regex(TEMPLATE_CODE),
  locale: z.enum(MESSAGE_LOCALES),
  subject: z
    .string()
    .trim()
    .min(1)
    .max(150)
    .regex(/^[^\r\n]*$/),
  body: z.string().trim().min(1).max(4_000),
  /** As long as two short messages in Cyrillic. */
  short: z
    .string()
    .trim()
    .min(1)
    .max(134)
    .regex(/^[^\r\n]*$/),
});
export type ChangeTemplateInput = z.input<typeof ChangeTemplateInput>;

export const SetQuietHoursInput = z.object({ from: TimeInput, to: TimeInput });
export type SetQuietHoursInput = z.input<typeof SetQuietHoursInput>;

export const AddExceptionInput = z.object({
  accountId: z.uuid(),
  reason: z.enum(EXCEPTION_REASONS),
  note: z.string().trim().max(500).nullable().default(null),
  /** That day reminders are sent again. */
  untilOn: DayInput,
});
export type AddExceptionInput = z.input<typeof AddExceptionInput>;

export const EndExceptionInput = z.object({ accountId: z.uuid(), exceptionId: z.uuid() });
export type EndExceptionInput = z.input<typeof EndExceptionInput>;

export const MessageInput = z.object({ accountId: z.uuid(), messageId: z.uuid() });
export type MessageInput = z.input<typeof MessageInput>;

export const ChannelChoicesInput = z.object({
  accountId: z.uuid(),
  choices: z
    .array(z.object({ event: z.enum(TOPICS), channel: z.enum(CHANNELS), isWanted: z.boolean() }))
    .max(TOPICS.length * CHANNELS.length),
});
export type ChannelChoicesInput = z.input<typeof ChannelChoicesInput>;

export const ListMessagesInput = z.object({
  accountId: z.uuid().optional(),
  /** Number of an account, whole. */
  accountNumber: z.string().trim().max(60).optional(),
  state: z.enum(MESSAGE_STATES).optional(),
  channel: z.enum(CHANNELS).optional(),
  event: z.enum(REMINDER_EVENTS).optional(),
  /** Days that messages were planned on, both in it. */
  from: DayInput.optional(),
  to: DayInput.optional(),
  /** Where the page starts, as the page before told it. */
  after: z.string().max(200).optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListMessagesInput = z.input<typeof ListMessagesInput>;

export const ListDueMessagesInput = z.object({
  day: DayInput,
  /** Looks on from this account. */
  after: z.uuid().optional(),
});
export type ListDueMessagesInput = z.input<typeof ListDueMessagesInput>;

export const ListExceptionsInput = z.object({ state: z.enum(["open", "over"]).default("open") });
export type ListExceptionsInput = z.input<typeof ListExceptionsInput>;
