export { dropAuthentications } from "./drop-authentications";
export { USAGE_SCHEDULES } from "./jobs";
export { type MonthUsage, readUsage, type UsageTotals } from "./read-usage";
export { type RecordedUsage, recordUsage } from "./record-usage";
export { ReadUsageInput } from "./schema";
