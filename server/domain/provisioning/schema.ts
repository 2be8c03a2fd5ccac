import { isIP } from "node:net";
import { z } from "zod";

/** One transaction takes this many accounts at most: it holds their services' locks. */
export const MAX_ACCOUNTS = 10_000;

/** Letters that every NAS, RADIUS and SQL dialect passes through unchanged. */
const Login = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._@-]{1,62}$/, { error: "service.login_malformed" });
const Secret = z.string().regex(/^[\x21-\x7e]{8,64}$/, { error: "service.secret_malformed" });

export const CreateServiceInput = z.object({
  accountId: z.uuid(),
  subscriptionId: z.uuid(),
  login: Login,
  /** Made when absent. */
  secret: Secret.optional(),
  staticIp: z
    .string()
    .refine((text) => isIP(text) === 4, { error: "service.static_ip_malformed" })
    .nullable()
    .default(null),
});
export type CreateServiceInput = z.input<typeof CreateServiceInput>;

export const RefreshServicesInput = z.object({ accountIds: z.array(z.uuid()).max(MAX_ACCOUNTS) });
export type RefreshServicesInput = z.input<typeof RefreshServicesInput>;

export const ServiceInput = z.object({ accountId: z.uuid(), serviceId: z.uuid() });
export type ServiceInput = z.input<typeof ServiceInput>;

export const ReadServicesInput = z.object({ accountId: z.uuid() });
export type ReadServicesInput = z.input<typeof ReadServicesInput>;
