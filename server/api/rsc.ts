import "server-only";
import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { TRPCError } from "@trpc/server";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { notFound } from "next/navigation";
import { cache, createElement, type ReactNode } from "react";
import { pageContext } from "@/server/auth/page-context";
import { makeQueryClient } from "./query-client";
import { appRouter, createCaller } from "./root";

/** Procedures called in process: `(await api()).session.current()`. */
export const api = cache(async () => createCaller(await pageContext()));

export const queryClient = cache(makeQueryClient);

/** For prefetching what client components below will ask: `queryClient().prefetchQuery(trpc.x.y.queryOptions())`. */
export const trpc = createTRPCOptionsProxy({ ctx: pageContext, router: appRouter, queryClient });

/** Hands what was prefetched to the client components inside. */
export function Hydrate({ children }: { children: ReactNode }): ReactNode {
  return createElement(HydrationBoundary, { state: dehydrate(queryClient()) }, children);
}

/** Foreign, missing and malformed ids all become the page that says there is nothing here. */
export async function orNotFound<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof TRPCError && (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST")) notFound();
    throw error;
  }
}
