import { DashboardInput, readDashboard } from "@/server/domain/analytics";
import { protectedProcedure, router } from "../trpc";

export const analyticsRouter = router({
  dashboard: protectedProcedure("analytics:read")
    .input(DashboardInput)
    .query(({ ctx, input }) => readDashboard(ctx, input)),
});
