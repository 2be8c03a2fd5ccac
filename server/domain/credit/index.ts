export { closeLimit } from "./close-limit";
export { LIMIT_KINDS, LIMIT_OUTCOMES, type LimitKind, type LimitOutcome } from "./constants";
export { endDueLimits } from "./end-due-limits";
export { CREDIT_SCHEDULES } from "./jobs";
export { type LimitView, listLimits } from "./list-limits";
export { openLimit } from "./open-limit";
export { CloseLimitInput, OpenLimitInput } from "./schema";
