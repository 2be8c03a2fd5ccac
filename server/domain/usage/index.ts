export { type FoldedUsage, foldUsage } from "./fold-usage";
export { USAGE_SCHEDULES } from "./jobs";
export { type MonthUsage, readUsage, type UsageTotals } from "./read-usage";
export { ReadUsageInput } from "./schema";
export { trimAuthentications } from "./trim-authentications";
