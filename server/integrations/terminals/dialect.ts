import type { AnswerOutcome, TerminalCommand, TerminalProtocol } from "@/server/domain/payments/constants";
import type { TerminalAnswer } from "@/server/domain/payments/ports";

/** A protocol as a table: what its parameters are called, what its codes are, in which letters it is written. */
export interface TerminalDialect {
  readonly protocol: TerminalProtocol;
  /** Of parameters and answers alike. */
  readonly encoding: "utf-8" | "windows-1251";
  /** Parameters by their meaning; letters of either case are heard. */
  readonly parameters: Readonly<Record<"command" | "txnId" | "account" | "sum" | "paidAt", string>>;
  readonly commands: Readonly<Record<string, TerminalCommand>>;
  /** Whether money is told of together with its date. */
  readonly mustHaveDate: boolean;
  /** Day, month, year, hours, minutes, seconds by name. */
  readonly date: RegExp;
  readonly answers: Readonly<Record<AnswerOutcome, readonly [code: number, words: string]>>;
  /** Elements of the answer in their order; null is left out. */
  elements(answer: TerminalAnswer, code: number, words: string): readonly (readonly [string, string | null])[];
}

/** Payment systems' clocks show Moscow, wherever the machine stands. */
export const PROTOCOL_ZONE = "Europe/Moscow";
