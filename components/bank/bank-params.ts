import { type Params, tableHref } from "@/components/blocks/table-url";
import { CREDIT_STATES, type CreditState } from "@/server/domain/bank/constants";

export const BANK_PATH = "/billing/bank";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface BankParams {
  readonly state: CreditState;
  readonly after?: string;
}

/** The address of the queue read with care: what is not ours is left out, never an error. */
export function readBankParams({ state, after }: Params): BankParams {
  return {
    state: CREDIT_STATES.find((one) => one === state) ?? "unknown",
    ...(typeof after === "string" && UUID.test(after) && { after }),
  };
}

export function bankHref({ state, after }: BankParams): string {
  return tableHref(BANK_PATH, {}, { state: state === "unknown" ? undefined : state, after });
}
