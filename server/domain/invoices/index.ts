export { closePeriod } from "./close-period";
export { decidePeriod } from "./decide-period";
export { type EntityPeriods, listPeriods, type PeriodRow } from "./list-periods";
export { reopenPeriod } from "./reopen-period";
export type { CloseObstacle } from "./rules/close-obstacles";
export { DecidePeriodInput, PeriodInput } from "./schema";
