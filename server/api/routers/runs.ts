import { z } from "zod";
import {
  approveRun,
  cancelRun,
  closeRun,
  ListRunAccountsInput,
  listRunAccounts,
  listRuns,
  OpenRunInput,
  openRun,
  ParkedInput,
  pauseRun,
  previewRun,
  RunInput,
  readRun,
  resumeRun,
  startRun,
  workParked,
} from "@/server/domain/runs";
import { actorLabel } from "@/server/platform/context";
import { protectedProcedure, router } from "../trpc";

/** A person asks for whole chunks: how large they are is the worker's business. */
const OpenInput = z.object(OpenRunInput.shape).omit({ chunkSize: true });

export const runsRouter = router({
  list: protectedProcedure("run:read").query(({ ctx }) => listRuns(ctx)),
  /** `isOwn`: the asker opened it, so somebody else has to approve it. */
  read: protectedProcedure("run:read")
    .input(RunInput)
    .query(async ({ ctx, input }) => {
      const run = await readRun(ctx, input);
      return { ...run, isOwn: run.openedBy === actorLabel(ctx.actor) };
    }),
  accounts: protectedProcedure("run:read")
    .input(ListRunAccountsInput)
    .query(({ ctx, input }) => listRunAccounts(ctx, input)),
  open: protectedProcedure("run:operate")
    .input(OpenInput)
    .mutation(({ ctx, input }) => openRun(ctx, input)),
  preview: protectedProcedure("run:operate")
    .input(RunInput)
    .mutation(({ ctx, input }) => previewRun(ctx, input)),
  approve: protectedProcedure("run:approve")
    .input(RunInput)
    .mutation(({ ctx, input }) => approveRun(ctx, input)),
  start: protectedProcedure("run:operate")
    .input(RunInput)
    .mutation(({ ctx, input }) => startRun(ctx, input)),
  pause: protectedProcedure("run:operate")
    .input(RunInput)
    .mutation(({ ctx, input }) => pauseRun(ctx, input)),
  resume: protectedProcedure("run:operate")
    .input(RunInput)
    .mutation(({ ctx, input }) => resumeRun(ctx, input)),
  cancel: protectedProcedure("run:operate")
    .input(RunInput)
    .mutation(({ ctx, input }) => cancelRun(ctx, input)),
  workParked: protectedProcedure("run:operate")
    .input(ParkedInput)
    .mutation(({ ctx, input }) => workParked(ctx, input)),
  close: protectedProcedure("run:operate")
    .input(RunInput)
    .mutation(({ ctx, input }) => closeRun(ctx, input)),
});
