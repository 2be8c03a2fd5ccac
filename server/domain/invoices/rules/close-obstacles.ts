import type { Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";

/** What is known of the months that one closing would shut. */
export interface CloseFacts {
  /** Open months with postings up to the one asked for, first days, in order. Empty: there is nothing to close. */
  readonly months: readonly Day[];
  /** First day after the month asked for, and today. */
  readonly endsOn: Day;
  readonly today: Day;
  /** The latest proof of the ledger; null when there has been none. */
  readonly proof: { readonly on: Day; readonly differing: number } | null;
  /** Accounts whose documents of a month are not what the book charged in it, and by how much. */
  readonly uninvoiced: { readonly accounts: number; readonly minor: Minor };
}

export type CloseObstacle =
  | { readonly kind: "nothing_to_close" }
  | { readonly kind: "not_over"; readonly endsOn: Day }
  | { readonly kind: "never_proven" }
  | { readonly kind: "disproved"; readonly differing: number }
  | { readonly kind: "proven_too_early"; readonly on: Day }
  | { readonly kind: "uninvoiced"; readonly accounts: number; readonly minor: Minor };

/**
 * Why a month cannot be closed yet: nothing that is still open may have to land in it. The ledger has to have been proven
 * after the month's last day, and every charge and correction of it has to stand on a document.
 */
export function closeObstacles({ months, endsOn, today, proof, uninvoiced }: CloseFacts): CloseObstacle[] {
  if (months.length === 0) return [{ kind: "nothing_to_close" }];
  if (endsOn > today) return [{ kind: "not_over", endsOn }];
  const found: CloseObstacle[] = [];
  if (proof === null) found.push({ kind: "never_proven" });
  else if (proof.differing > 0) found.push({ kind: "disproved", differing: proof.differing });
  else if (proof.on < endsOn) found.push({ kind: "proven_too_early", on: proof.on });
  if (uninvoiced.accounts > 0) found.push({ kind: "uninvoiced", ...uninvoiced });
  return found;
}
