import { TRPCError } from "@trpc/server";

/** The answer, or null when the address of the page is not one of ours (an old link, a hand-typed cursor). */
export async function readPage<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof TRPCError && error.code === "BAD_REQUEST") return null;
    throw error;
  }
}
