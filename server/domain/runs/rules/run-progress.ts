/** How far a stage of a run is. Rates are of the present stretch, from the last start or resume. */
export interface RunProgress {
  readonly accounts: number;
  readonly doneAccounts: number;
  /** Accounts a second; null while nothing has been done in this stretch. */
  readonly perSecond: number | null;
  readonly secondsLeft: number | null;
}

export interface StretchFigures {
  readonly accounts: number;
  readonly doneAccounts: number;
  readonly doneInStretch: number;
  readonly stretchMs: number;
}

export function progressOf({ accounts, doneAccounts, doneInStretch, stretchMs }: StretchFigures): RunProgress {
  if (doneInStretch === 0 || stretchMs <= 0) return { accounts, doneAccounts, perSecond: null, secondsLeft: null };
  const perSecond = (doneInStretch * 1_000) / stretchMs;
  return { accounts, doneAccounts, perSecond, secondsLeft: Math.ceil((accounts - doneAccounts) / perSecond) };
}
