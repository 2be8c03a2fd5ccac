import { z } from "zod";
import { CREDIT_STATES, MAX_PARTS, OwnAccounts } from "./constants";

export const PlaceCreditInput = z.object({
  creditId: z.uuid(),
  /** Kopecks; together the whole credit. */
  parts: z
    .array(
      z.object({
        accountNumber: z.string().trim().min(1, { error: "account.not_found" }).max(60),
        amountMinor: z.bigint().positive({ error: "bank.part_not_positive" }),
      }),
    )
    .min(1)
    .max(MAX_PARTS),
});
export type PlaceCreditInput = z.input<typeof PlaceCreditInput>;

export const ListCreditsInput = z.object({
  state: z.enum(CREDIT_STATES).default("unknown"),
  /** The last id of an earlier page. */
  after: z.uuid().optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListCreditsInput = z.input<typeof ListCreditsInput>;

export const SetOwnAccountsInput = z.object({
  /** `mark` of what was read. */
  seen: z.string().max(64),
  accounts: OwnAccounts,
});
export type SetOwnAccountsInput = z.input<typeof SetOwnAccountsInput>;
