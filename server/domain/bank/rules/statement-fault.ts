import { DomainError, type ErrorDetails } from "@/server/kernel/errors";
import type { StatementFault } from "../constants";

/** A statement that cannot be taken, as a whole: `invalid`, reason `bank.<fault>`. */
export function statementFault(fault: StatementFault, details: ErrorDetails = {}): DomainError {
  return new DomainError("invalid", `bank.${fault}`, details);
}
