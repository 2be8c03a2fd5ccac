export { applyService } from "./apply-service";
export {
  BLOCK_MODES,
  type BlockMode,
  DESIRED_CAUSES,
  type DesiredCause,
  NETWORK_LINK,
  OUT_OF_STEP_MS,
  SERVICE_STATES,
  type ServiceState,
  TASK_ERRORS,
  TASK_STATES,
  type TaskError,
  type TaskState,
} from "./constants";
export { type CreatedService, createService, createServices } from "./create-services";
export type { NetworkContext } from "./internal";
export { PROVISIONING_SCHEDULES } from "./jobs";
export { listServiceStates, type ServiceStateView } from "./list-service-states";
export { type NetworkPort, NetworkUnavailable, type NetworkView } from "./ports";
export {
  type AuthenticationView,
  readServices,
  type ServiceView,
  type SessionView,
  type TaskView,
} from "./read-services";
export { type Reconciliation, reconcileServices } from "./reconcile-services";
export { refreshDueServices } from "./refresh-due-services";
export { type RefreshedServices, refreshServices } from "./refresh-services";
export { resendService } from "./resend-service";
export { desiredState, type ServiceFacts } from "./rules/desired-state";
export { CreateServiceInput, ReadServicesInput, RefreshServicesInput, ServiceInput } from "./schema";
export type { AppliedService } from "./write-attempt";
