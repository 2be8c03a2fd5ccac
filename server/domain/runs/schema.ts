import { z } from "zod";
import { TARIFF_CHANGE_TIMES } from "./constants";

export const ChangeTariffInput = z.object({
  accountId: z.uuid(),
  subscriptionId: z.uuid(),
  toTariffId: z.uuid(),
  /** `next_period`: free of charge until then and can be taken back. `now`: unused days are given back, the rest is charged. */
  when: z.enum(TARIFF_CHANGE_TIMES),
});
export type ChangeTariffInput = z.input<typeof ChangeTariffInput>;
