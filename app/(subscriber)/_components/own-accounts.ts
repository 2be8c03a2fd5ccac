import { cache } from "react";
import { api } from "@/server/api/rsc";

/** Read once for the frame and the check beneath it. */
export const ownAccounts = cache(async () => (await api()).cabinet.accounts());
