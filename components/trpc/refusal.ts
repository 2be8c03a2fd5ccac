import { TRPCClientError } from "@trpc/client";
import type { AppRouter } from "@/server/api/root";

export type CallError = TRPCClientError<AppRouter>;

/** What a failed call was refused for; null when the server was never reached or did not answer in our words. */
export function refusalOf(error: unknown): CallError["data"] | null {
  return error instanceof TRPCClientError ? ((error as CallError).data ?? null) : null;
}
