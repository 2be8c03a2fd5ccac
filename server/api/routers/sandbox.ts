import type { WebContext } from "@/server/auth/web-context";
import {
  CopyAccountInput,
  CopyInput,
  copyAccount,
  dropCopy,
  listCopies,
  MoveClockInput,
  moveClock,
  PlanPaymentInput,
  planPayment,
  readCopy,
  resetCopy,
} from "@/server/domain/sandbox";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { protectedProcedure, router } from "../trpc";

const procedure = protectedProcedure("sandbox:use");

/** The same person in the sandbox database. Throws `precondition` (`sandbox.not_set_up`) where there is none. */
async function within({ ports: _, session: __, openSandbox, ...ctx }: WebContext): Promise<Context> {
  const db = await openSandbox();
  if (!db) throw new DomainError("precondition", "sandbox.not_set_up");
  return { ...ctx, db };
}

export const sandboxRouter = router({
  /** All copies; null where the installation has no sandbox, which the page explains. */
  list: procedure.query(async ({ ctx }) => ((await ctx.openSandbox()) ? listCopies(await within(ctx)) : null)),
  read: procedure.input(CopyInput).query(async ({ ctx, input }) => readCopy(await within(ctx), input)),
  copy: procedure
    .input(CopyAccountInput)
    .mutation(async ({ ctx, input }) => copyAccount(ctx, await within(ctx), input)),
  move: procedure.input(MoveClockInput).mutation(async ({ ctx, input }) => moveClock(await within(ctx), input)),
  pay: procedure.input(PlanPaymentInput).mutation(async ({ ctx, input }) => planPayment(await within(ctx), input)),
  reset: procedure.input(CopyInput).mutation(async ({ ctx, input }) => resetCopy(ctx, await within(ctx), input)),
  drop: procedure.input(CopyInput).mutation(async ({ ctx, input }) => dropCopy(await within(ctx), input)),
});
