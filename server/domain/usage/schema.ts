import { z } from "zod";

export const ReadUsageInput = z.object({ accountId: z.uuid() });
export type ReadUsageInput = z.input<typeof ReadUsageInput>;
