import { defaultShouldDehydrateQuery, QueryClient } from "@tanstack/react-query";
import superjson from "superjson";

/** The same on both sides: what the server prefetched, the browser takes over, sums and dates intact. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // What came with the page is not asked for again as soon as it is shown.
      queries: { staleTime: 30_000, retry: 1 },
      dehydrate: {
        serializeData: superjson.serialize,
        shouldDehydrateQuery: (query) => defaultShouldDehydrateQuery(query) || query.state.status === "pending",
      },
      hydrate: { deserializeData: superjson.deserialize },
    },
  });
}
