/** Runs once in the server process, before the first request. */
export async function register(): Promise<void> {
  // Next compiles this for its edge runtime too, which has no node:http; only this very condition keeps it out of there.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { nameRequests } = await import("@/server/auth/request-facts");
    nameRequests();
  }
}
