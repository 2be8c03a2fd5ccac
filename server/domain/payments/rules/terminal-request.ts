import { DomainError } from "@/server/kernel/errors";
import { type Minor, parseAmount } from "@/server/kernel/money";
import {
  type AnswerOutcome,
  MAX_PAYMENT_MINOR,
  MIN_TERMINAL_MINOR,
  OLDEST_TERMINAL_DAYS,
  TERMINAL_COMMANDS,
  type TerminalCommand,
} from "../constants";
import type { TerminalWords } from "../ports";

/** A request that makes sense; what a command does not need may be missing. */
export interface TerminalRequest {
  readonly command: TerminalCommand;
  readonly txnId: string | null;
  readonly accountNumber: string | null;
  readonly amountMinor: Minor | null;
  readonly paidAt: Date | null;
}

export type ReadRequest =
  | { readonly request: TerminalRequest; readonly refusal: null }
  | { readonly request: Partial<TerminalRequest>; readonly refusal: AnswerOutcome };

/** Digits alone, up to twenty: longer than any number type of ours, so it stays text. */
const TXN_ID = /^\d{1,20}$/;
/** Numbers of accounts as operators write them; nothing that could be markup, a path or another alphabet's letter in disguise. */
const ACCOUNT = /^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,39}$/u;
const DAY_MS = 86_400_000;

/**
 * What a terminal wrote, understood or refused in the order in which the protocols list their refusals: the command, the
 * payment's id, the account, the sum, the date. Sums are decimal text down to kopecks; a third decimal, a comma, a sign or an
 * exponent is no sum. A check may come without one, or with zero: there is nothing to take yet.
 */
export function readRequest(words: TerminalWords, now: Date): ReadRequest {
  const command = TERMINAL_COMMANDS.find((one) => one === words.command);
  const txnId = words.txnId !== null && TXN_ID.test(words.txnId) ? words.txnId : null;
  const accountNumber = words.account !== null && ACCOUNT.test(words.account) ? words.account : null;
  const amountMinor = words.sum === null ? null : amountOf(words.sum);
  const understood = { ...(command && { command }), txnId, accountNumber, amountMinor };
  const refuse = (refusal: AnswerOutcome): ReadRequest => ({ request: understood, refusal });

  if (words.malformed) return refuse("malformed");
  if (!command) return refuse("unknown_command");
  const taking = command === "pay";
  if (txnId === null && (words.txnId !== null || command !== "check")) return refuse("bad_txn_id");
  const named = taking || command === "check";
  if (accountNumber === null && (words.account !== null || named)) return refuse("bad_account");
  if (amountMinor === null && (words.sum !== null || taking)) return refuse("bad_sum");
  const asked = taking || (command === "check" && amountMinor !== 0n);
  if (asked && amountMinor !== null && amountMinor < MIN_TERMINAL_MINOR) return refuse("sum_too_small");
  if (asked && amountMinor !== null && amountMinor > MAX_PAYMENT_MINOR) return refuse("sum_too_large");
  if (taking && !dateStands(words, now)) return refuse("bad_date");
  const paidAt = words.paidAt instanceof Date ? words.paidAt : null;
  return { request: { command, txnId, accountNumber, amountMinor, paidAt }, refusal: null };
}

function amountOf(text: string): Minor | null {
  try {
    const amountMinor = parseAmount(text);
    return amountMinor < 0n || text.startsWith("-") ? null : amountMinor;
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

/** Clocks of machines differ by hours, not by days; money that was taken longer ago than two months is a mistake. */
function dateStands({ paidAt, mustHaveDate }: TerminalWords, now: Date): boolean {
  if (paidAt === "unreadable") return false;
  if (paidAt === null) return !mustHaveDate;
  const agoMs = now.getTime() - paidAt.getTime();
  return agoMs > -DAY_MS && agoMs < OLDEST_TERMINAL_DAYS * DAY_MS;
}
