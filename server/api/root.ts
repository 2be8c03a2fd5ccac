import { sessionRouter } from "./routers/session";
import { createCallerFactory, router } from "./trpc";

/** Every procedure there is. A module's router is one file in `routers/` and one line here. */
export const appRouter = router({
  session: sessionRouter,
});

export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
