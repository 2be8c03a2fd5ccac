import { cache } from "react";
import { api, orNotFound } from "@/server/api/rsc";

/** Read once however many parts of the page ask. */
export const readCopy = cache(async (copyId: string) => orNotFound((await api()).sandbox.read({ copyId })));
