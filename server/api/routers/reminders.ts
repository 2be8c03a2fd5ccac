import { z } from "zod";
import {
  AddExceptionInput,
  AddStepInput,
  addException,
  addStep,
  ChangeStepInput,
  ChangeTemplateInput,
  changeStep,
  changeTemplate,
  EndExceptionInput,
  endException,
  findException,
  ListDueMessagesInput,
  ListExceptionsInput,
  ListMessagesInput,
  listDueMessages,
  listExceptions,
  listMessages,
  MessageInput,
  readLadder,
  resendMessage,
  SetQuietHoursInput,
  setQuietHours,
} from "@/server/domain/notifications";
import { protectedProcedure, router } from "../trpc";

const AccountInput = z.object({ accountId: z.uuid() });

export const remindersRouter = router({
  ladder: protectedProcedure("reminder:read").query(({ ctx }) => readLadder(ctx)),
  due: protectedProcedure("reminder:read")
    .input(ListDueMessagesInput)
    .query(({ ctx, input }) => listDueMessages(ctx, input)),
  log: protectedProcedure("reminder:read")
    .input(ListMessagesInput)
    .query(({ ctx, input }) => listMessages(ctx, input)),
  exceptions: protectedProcedure("reminder:read")
    .input(ListExceptionsInput)
    .query(({ ctx, input }) => listExceptions(ctx, input)),
  /** The exception that one account stands under now, if any. */
  exception: protectedProcedure("reminder:read")
    .input(AccountInput)
    .query(({ ctx, input }) => findException(ctx, input.accountId)),

  addStep: protectedProcedure("reminder:edit")
    .input(AddStepInput)
    .mutation(({ ctx, input }) => addStep(ctx, input)),
  changeStep: protectedProcedure("reminder:edit")
    .input(ChangeStepInput)
    .mutation(({ ctx, input }) => changeStep(ctx, input)),
  changeTemplate: protectedProcedure("reminder:edit")
    .input(ChangeTemplateInput)
    .mutation(({ ctx, input }) => changeTemplate(ctx, input)),
  setQuietHours: protectedProcedure("reminder:edit")
    .input(SetQuietHoursInput)
    .mutation(({ ctx, input }) => setQuietHours(ctx, input)),
  addException: protectedProcedure("reminder:except")
    .input(AddExceptionInput)
    .mutation(({ ctx, input }) => addException(ctx, input)),
  endException: protectedProcedure("reminder:except")
    .input(EndExceptionInput)
    .mutation(({ ctx, input }) => endException(ctx, input)),
  resend: protectedProcedure("reminder:resend")
    .input(MessageInput)
    .mutation(({ ctx, input }) => resendMessage(ctx, input)),
});
