import { SetPromisedPolicyInput, setPromisedPolicy } from "@/server/domain/credit";
import { SetDocumentSettingsInput, setDocumentSettings } from "@/server/domain/invoices";
import { SetSuspensionPolicyInput, setSuspensionPolicy } from "@/server/domain/subscriptions";
import { readBillingSettings } from "../billing/read-billing-settings";
import { protectedProcedure, router } from "../trpc";

export const settingsRouter = router({
  read: protectedProcedure("setting:read").query(({ ctx }) => readBillingSettings(ctx)),
  setPromised: protectedProcedure("setting:edit")
    .input(SetPromisedPolicyInput)
    .mutation(({ ctx, input }) => setPromisedPolicy(ctx, input)),
  setSuspension: protectedProcedure("setting:edit")
    .input(SetSuspensionPolicyInput)
    .mutation(({ ctx, input }) => setSuspensionPolicy(ctx, input)),
  setDocuments: protectedProcedure("setting:edit_documents")
    .input(SetDocumentSettingsInput)
    .mutation(({ ctx, input }) => setDocumentSettings(ctx, input)),
});
