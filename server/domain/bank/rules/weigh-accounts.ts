import type { Evidence } from "../constants";
import { plainNumber, readPurpose } from "./read-purpose";

/** An account that a credit may be meant for. */
export interface Candidate {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly contractNumber: string;
  readonly customerName: string;
  readonly customerInn: string | null;
  readonly isClosed: boolean;
  /** It is the only open account of its contract, of its customer. */
  readonly isOnlyOfContract: boolean;
  readonly isOnlyOfCustomer: boolean;
  /** Money from the same account in a bank was put on it before. */
  readonly isPayerKnown: boolean;
  /** An invoice or a payment request of exactly this sum waits on it. */
  readonly hasDocumentOfSum: boolean;
}

export interface Suggestion {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly customerName: string;
  /** 0 to 100. */
  readonly confidence: number;
  readonly reasons: readonly Evidence[];
}

export const POINTS: Readonly<Record<Evidence, number>> = {
  account_labelled: 80,
  account_bare: 50,
  contract_labelled: 60,
  contract_bare: 35,
  inn: 35,
  only_account: 20,
  document_amount: 30,
  payer_known: 25,
  inn_differs: -30,
  closed: -50,
};

/** Posted without a person from so much on, when the next account is so far behind and nothing speaks against it. */
export const CERTAIN = 80;
export const AHEAD = 30;
/** A bare number shorter than this is as likely a flat or a day. */
const SHORTEST_BARE = 5;

/** Accounts that a credit may be meant for, the likeliest first, each with what speaks for it; those that nothing does are left out. */
export function weighAccounts(
  credit: { readonly payerInn: string; readonly purpose: string },
  candidates: readonly Candidate[],
): Suggestion[] {
  const numbers = readPurpose(credit.purpose);
  return candidates
    .map((candidate) => {
      const reasons = evidenceOf(credit.payerInn, numbers, candidate);
      const points = reasons.reduce((sum, reason) => sum + POINTS[reason], 0);
      const { accountId, accountNumber, customerName } = candidate;
      return { accountId, accountNumber, customerName, confidence: Math.max(0, Math.min(100, points)), reasons };
    })
    .filter(({ confidence }) => confidence > 0)
    .sort((a, b) => b.confidence - a.confidence || (a.accountNumber < b.accountNumber ? -1 : 1));
}

/** The one account that a credit is certainly for; null leaves it to a person. */
export function certainOf(suggestions: readonly Suggestion[]): Suggestion | null {
  const [first, second] = suggestions;
  if (!first || first.confidence < CERTAIN || first.reasons.some((reason) => POINTS[reason] < 0)) return null;
  return second && first.confidence - second.confidence < AHEAD ? null : first;
}

function evidenceOf(payerInn: string, numbers: ReturnType<typeof readPurpose>, candidate: Candidate): Evidence[] {
  const account = plainNumber(candidate.accountNumber);
  const contract = plainNumber(candidate.contractNumber);
  const has = (named: ReadonlySet<string>, number: string) => named.has(number);
  const bare = (number: string) => number.length >= SHORTEST_BARE && numbers.all.has(number);
  const byContract = has(numbers.contracts, contract) || bare(contract);
  const isInn = payerInn !== "" && candidate.customerInn === payerInn;
  const reasons: Evidence[] = [];
  if (has(numbers.accounts, account)) reasons.push("account_labelled");
  else if (bare(account)) reasons.push("account_bare");
  if (has(numbers.contracts, contract)) reasons.push("contract_labelled");
  else if (bare(contract) && contract !== account) reasons.push("contract_bare");
  if (isInn) reasons.push("inn");
  if ((byContract && candidate.isOnlyOfContract) || (isInn && candidate.isOnlyOfCustomer)) reasons.push("only_account");
  if (candidate.isPayerKnown) reasons.push("payer_known");
  // A sum alone says nothing: half a town pays the same.
  if (candidate.hasDocumentOfSum && reasons.length > 0) reasons.push("document_amount");
  // A person's bank pays in its own name, so only a company's own number can disagree.
  if (candidate.customerInn?.length === 10 && payerInn !== "" && !isInn) reasons.push("inn_differs");
  if (candidate.isClosed) reasons.push("closed");
  return reasons;
}
