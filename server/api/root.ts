import { addOnsRouter } from "./routers/add-ons";
import { analyticsRouter } from "./routers/analytics";
import { bankRouter } from "./routers/bank";
import { billingRouter } from "./routers/billing";
import { cabinetRouter } from "./routers/cabinet";
import { catalogRouter } from "./routers/catalog";
import { creditRouter } from "./routers/credit";
import { linksRouter } from "./routers/links";
import { paymentsRouter } from "./routers/payments";
import { remindersRouter } from "./routers/reminders";
import { runsRouter } from "./routers/runs";
import { sandboxRouter } from "./routers/sandbox";
import { sessionRouter } from "./routers/session";
import { settingsRouter } from "./routers/settings";
import { staffRouter } from "./routers/staff";
import { subscribersRouter } from "./routers/subscribers";
import { tariffChangesRouter } from "./routers/tariff-changes";
import { terminalsRouter } from "./routers/terminals";
import { usageRouter } from "./routers/usage";
import { createCallerFactory, router } from "./trpc";

/** Every procedure there is. A module's router is one file in `routers/` and one line here. */
export const appRouter = router({
  addOns: addOnsRouter,
  analytics: analyticsRouter,
  bank: bankRouter,
  billing: billingRouter,
  cabinet: cabinetRouter,
  catalog: catalogRouter,
  credit: creditRouter,
  links: linksRouter,
  payments: paymentsRouter,
  reminders: remindersRouter,
  runs: runsRouter,
  sandbox: sandboxRouter,
  session: sessionRouter,
  settings: settingsRouter,
  staff: staffRouter,
  subscribers: subscribersRouter,
  tariffChanges: tariffChangesRouter,
  terminals: terminalsRouter,
  usage: usageRouter,
});

export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
