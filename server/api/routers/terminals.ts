import {
  AddTerminalInput,
  addTerminal,
  ChangeTerminalInput,
  changeTerminal,
  closeTerminal,
  ListTerminalRequestsInput,
  listTerminalRequests,
  listTerminals,
  resetTerminal,
  TerminalKeyInput,
} from "@/server/domain/payments";
import { protectedProcedure, router } from "../trpc";

export const terminalsRouter = router({
  list: protectedProcedure("terminal:read").query(({ ctx }) => listTerminals(ctx)),
  requests: protectedProcedure("terminal:read")
    .input(ListTerminalRequestsInput)
    .query(({ ctx, input }) => listTerminalRequests(ctx, input)),
  add: protectedProcedure("terminal:edit")
    .input(AddTerminalInput)
    .mutation(({ ctx, input }) => addTerminal(ctx, input)),
  change: protectedProcedure("terminal:edit")
    .input(ChangeTerminalInput)
    .mutation(({ ctx, input }) => changeTerminal(ctx, input)),
  reset: protectedProcedure("terminal:edit")
    .input(TerminalKeyInput)
    .mutation(({ ctx, input }) => resetTerminal(ctx, input)),
  close: protectedProcedure("terminal:edit")
    .input(TerminalKeyInput)
    .mutation(({ ctx, input }) => closeTerminal(ctx, input)),
});
