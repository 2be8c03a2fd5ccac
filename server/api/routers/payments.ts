import { tracked } from "@trpc/server";
import { z } from "zod";
import { StartPaymentInput, startPayment } from "@/server/domain/payments";
import { env } from "@/server/env";
import { readPaymentProgress, watchPaymentProgress } from "../cabinet/read-payment-progress";
import { protectedProcedure, router } from "../trpc";

const PaymentInput = z.object({ paymentId: z.uuid() });

export const paymentsRouter = router({
  /** Starts a top-up and answers where to pay; the provider sends the payer back to the payment's own page. */
  start: protectedProcedure("payment:start")
    .input(StartPaymentInput.omit({ returnBase: true }))
    .mutation(({ ctx, input }) => startPayment(ctx, { ...input, returnBase: `${env.UZEL_PUBLIC_URL}/my/pay` })),
  /** Whether the provider stands in for a real one, so that screens say so. */
  mode: protectedProcedure("payment:read").query(({ ctx }) => ({ testMode: ctx.ports.gateway.testMode })),
  read: protectedProcedure("payment:read")
    .input(PaymentInput)
    .query(({ ctx, input }) => readPaymentProgress(ctx, input.paymentId)),
  /** The same as `read`, as it changes: received → posted → active, or why not. */
  progress: protectedProcedure("payment:read")
    .input(PaymentInput.extend({ lastEventId: z.string().max(200).nullish() }))
    .subscription(async function* ({ ctx, input, signal }) {
      const steps = watchPaymentProgress(
        ctx,
        input.paymentId,
        input.lastEventId ?? null,
        signal ?? AbortSignal.timeout(60_000),
      );
      for await (const { id, progress } of steps) yield tracked(id, progress);
    }),
});
