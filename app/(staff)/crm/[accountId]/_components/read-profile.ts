import { cache } from "react";
import { api, orNotFound } from "@/server/api/rsc";

/** Whose page it is: read once however many parts of the page ask, or the page that says there is nobody here. */
export const readProfile = cache(async (accountId: string) =>
  orNotFound((await api()).subscribers.profile({ accountId })),
);
