import type { QueryClient } from "@tanstack/react-query";
import { makeQueryClient } from "@/server/api/query-client";

let inBrowser: QueryClient | undefined;

/** One for the life of the tab; a new one for each render on the server, so that nobody sees another's answers. */
export function browserQueryClient(): QueryClient {
  if (typeof window === "undefined") return makeQueryClient();
  inBrowser ??= makeQueryClient();
  return inBrowser;
}
