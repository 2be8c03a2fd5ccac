import { headers } from "next/headers";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { ADDRESSED_ACCOUNT } from "@/server/auth/addressed-account";
import { requirePage } from "@/server/auth/require-page";
import { ownAccounts } from "../_components/own-accounts";

/**
 * Asks for the account that the address names before anything is sent: once a loading face is on its way the answer can no
 * longer be 404. Whose the account is, the pages and the verbs ask all the same.
 */
export default async function OwnAccountLayout({ children }: { children: ReactNode }) {
  await requirePage("cabinet:home");
  const [asked, accounts] = await Promise.all([headers(), ownAccounts()]);
  const named = asked.get(ADDRESSED_ACCOUNT);
  if (named !== null && !accounts.some(({ id }) => id === named)) notFound();
  return children;
}
