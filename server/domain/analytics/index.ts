export { type BaseMonth, readBase, readMrr } from "./read-base";
export { type Churn, type ChurnRow, readChurn, type TariffChurn, type TenureChurn } from "./read-churn";
export { type Dashboard, DashboardInput, readDashboard } from "./read-dashboard";
export { type RevenueMonth, readRevenue } from "./read-revenue";
export { TENURE_BANDS, type TenureBand } from "./rules/tenure-bands";
