import { type Params, tableHref } from "@/components/blocks/table-url";
import { FAULT_STATES, FAULTS, type Fault, type FaultState } from "@/server/domain/metering/constants";

export const USAGE_PATH = "/billing/usage";

const SOURCE = /^[a-z][a-z0-9_-]{0,39}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface FaultParams {
  readonly state: FaultState;
  readonly reason?: Fault;
  readonly source?: string;
  readonly after?: string;
}

/** The address of the queue read with care: what is not ours is left out, never an error. */
export function readFaultParams(raw: Params): FaultParams {
  const reason = FAULTS.find((one) => one === raw.reason);
  const fitting = (name: string, form: RegExp) => {
    const value = raw[name];
    return typeof value === "string" && form.test(value) ? value : undefined;
  };
  const [source, after] = [fitting("source", SOURCE), fitting("after", UUID)];
  return {
    state: FAULT_STATES.find((one) => one === raw.state) ?? "open",
    ...(reason && { reason }),
    ...(source && { source }),
    ...(after && { after }),
  };
}

/** The queue with some parameters changed; a changed queue starts from its newest. */
export function faultsHref({ state, reason, source }: FaultParams, changes: Params): string {
  const address = { state: state === "open" ? undefined : state, reason, source };
  return tableHref(USAGE_PATH, address, { after: undefined, ...changes });
}
