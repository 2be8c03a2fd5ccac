import { z } from "zod";
import { isDay } from "@/server/kernel/day";
import { CUSTOMER_KINDS } from "./constants";

export const DayInput = z.string().refine(isDay, { error: "day.malformed" });
export const MinorInput = z.bigint();

export const AddressInput = z.object({
  city: z.string().trim().min(1).max(120),
  street: z.string().trim().min(1).max(160),
  house: z.string().trim().min(1).max(20),
  flat: z.string().trim().max(20).nullable().default(null),
});

export const RegisterSubscriberInput = z.object({
  kind: z.enum(CUSTOMER_KINDS),
  name: z.string().trim().min(1).max(300),
  phone: z
    .string()
    .regex(/^\+\d{10,15}$/)
    .nullable()
    .default(null),
  email: z.email().max(254).nullable().default(null),
  inn: z
    .string()
    .regex(/^(\d{10}|\d{12})$/)
    .nullable()
    .default(null),
  contractNumber: z.string().trim().min(1).max(60),
  accountNumber: z.string().trim().min(1).max(60),
  openedOn: DayInput,
  closedOn: DayInput.nullable().default(null),
  anchorDay: z.int().min(1).max(31).default(1),
  creditLimitMinor: z.bigint().nonnegative().default(0n),
  address: AddressInput.nullable().default(null),
});
export type RegisterSubscriberInput = z.input<typeof RegisterSubscriberInput>;

export const SetCreditLimitInput = z.object({
  accountId: z.uuid(),
  creditLimitMinor: z.bigint().min(0n).max(100_000_000_00n),
});
export type SetCreditLimitInput = z.input<typeof SetCreditLimitInput>;

export const SearchAccountsInput = z.object({
  query: z.string().max(200),
  limit: z.int().min(1).max(100).default(20),
});
export type SearchAccountsInput = z.input<typeof SearchAccountsInput>;
