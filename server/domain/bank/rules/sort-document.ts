import type { DocumentSort } from "../constants";
import type { StatementDocument } from "./parse-statement";

/**
 * What a document is to the holder of `own` accounts. Money has come when the payee's account is ours and the bank says the day it
 * was received (`ДатаПоступило`).
 */
export function sortDocument({ payer, payee, receivedOn }: StatementDocument, own: ReadonlySet<string>): DocumentSort {
  const [from, to] = [own.has(payer.account), own.has(payee.account)];
  if (from && to) return "between_own";
  if (from) return "debit";
  if (!to) return "foreign";
  return receivedOn === null ? "not_received" : "credit";
}
