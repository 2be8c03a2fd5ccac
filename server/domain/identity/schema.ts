import { z } from "zod";
import { ROLES } from "@/server/platform/roles";
import { IDENTIFIER_KINDS } from "./constants";

/** Long enough to resist guessing, short enough that hashing it is not an attack. No rules on what it is made of. */
export const Password = z.string().min(8).max(128);

export const LoginIdentifierInput = z.object({
  kind: z.enum(IDENTIFIER_KINDS),
  value: z.string().trim().min(1).max(254),
});

export type LoginIdentifier = z.output<typeof LoginIdentifierInput>;

export const CreateUserInput = z
  .object({
    role: z.enum(ROLES),
    displayName: z.string().trim().min(1).max(300),
    /** The customer whose data a subscriber's login may see; null for staff. */
    customerId: z.uuid().nullable().default(null),
    password: Password,
    identifiers: z.array(LoginIdentifierInput).min(1).max(8),
    locale: z.enum(["ru", "en"]).default("ru"),
  })
  .refine((user) => (user.role === "subscriber") === (user.customerId !== null), {
    path: ["customerId"],
    error: "user.customer_iff_subscriber",
  });
export type CreateUserInput = z.input<typeof CreateUserInput>;

export const UserIdInput = z.object({ userId: z.uuid() });
export type UserIdInput = z.input<typeof UserIdInput>;

export const IssueLoginInput = z.object({
  customerId: z.uuid(),
  /** What the customer is known by; those that are somebody else's already are left out. */
  identifiers: z.array(LoginIdentifierInput).min(1).max(200),
});
export type IssueLoginInput = z.input<typeof IssueLoginInput>;

export const StartSessionInput = z.object({
  identifier: z.string().max(254),
  password: z.string().max(128),
  /** The six digits of the authenticator app; asked for when the login has one. */
  code: z.string().max(12).optional(),
  userAgent: z.string().max(1000).nullable().default(null),
});
export type StartSessionInput = z.input<typeof StartSessionInput>;

export const SessionIdInput = z.object({ sessionId: z.uuid() });
export type SessionIdInput = z.input<typeof SessionIdInput>;

export const ConfirmTotpInput = z.object({ sessionId: z.uuid(), code: z.string().max(12) });
export type ConfirmTotpInput = z.input<typeof ConfirmTotpInput>;
