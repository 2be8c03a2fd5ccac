/** Runs once in the server process, before the first request. */
export async function register(): Promise<void> {
  const { nameRequests } = await import("@/server/auth/request-facts");
  nameRequests();
}
