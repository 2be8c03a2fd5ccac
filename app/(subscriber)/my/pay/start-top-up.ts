"use server";

import { TRPCError } from "@trpc/server";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { parseSum } from "@/components/payments/parse-sum";
import { OWN_SUM, type TopUpState } from "@/components/payments/top-up-state";
import { refusalOf } from "@/server/api/errors";
import { api } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { requestKeyOf } from "./request-key";

/**
 * The form of every top-up. A script is told where to go and goes there; without one the browser is led to the payment's
 * own page, whose button leads on: the content policy lets no form of ours end on another site.
 */
export async function startTopUp(_before: TopUpState, form: FormData): Promise<TopUpState> {
  await requirePage("cabinet:home");
  const text = (name: string) => String(form.get(name) ?? "");
  const sum = amountOf(text("sum"), text("own"));
  if ("error" in sum) return refused(sum.error);
  const [accountId, { amountMinor }] = [text("account"), sum];
  const requestKey = requestKeyOf(text("nonce"), accountId, amountMinor);
  const started = await start({ accountId, amountMinor, requestKey });
  if ("error" in started) return started;
  const own = `/my/pay/${started.paymentId}`;
  if (!(await headers()).has("next-action")) redirect(own);
  return { error: null, goTo: started.state === "pending" ? (started.confirmationUrl ?? own) : own };
}

/** A chosen sum is kopecks that we wrote into the page, an own one is what a person typed; the verb checks both. */
function amountOf(chosen: string, typed: string) {
  if (chosen === OWN_SUM) return parseSum(typed);
  return /^\d{1,12}$/.test(chosen) ? { amountMinor: BigInt(chosen) } : parseSum("");
}

type Start = { accountId: string; amountMinor: bigint; requestKey: string };

async function start(input: Start) {
  try {
    return await (await api()).payments.start(input);
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    const { reason, details, fields } = refusalOf(error);
    return refused(fields?.amountMinor ?? reason, Number(details.minutes ?? 1));
  }
}

const refused = (reason: string, minutes = 1): TopUpState => ({
  error: { reason: reason === "api.too_many_calls" ? "rate_limited" : reason, minutes },
  goTo: null,
});
