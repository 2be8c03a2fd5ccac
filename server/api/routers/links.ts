import { RetryLinkInput, readLinks, retryLink } from "@/server/domain/links";
import { protectedProcedure, router } from "../trpc";

export const linksRouter = router({
  map: protectedProcedure("link:read").query(({ ctx }) => readLinks(ctx)),
  retry: protectedProcedure("link:retry")
    .input(RetryLinkInput)
    .mutation(({ ctx, input }) => retryLink(ctx, input)),
});
