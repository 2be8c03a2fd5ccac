/** What the form of a top-up is told after it was sent. */
export type TopUpState = {
  error: { reason: string; minutes?: number } | null;
  /** Where to go now: to pay, or to the payment's own page while the provider has not answered. */
  goTo: string | null;
};

export type TopUpAction = (state: TopUpState, form: FormData) => Promise<TopUpState>;

export const NOT_SENT: TopUpState = { error: null, goTo: null };
/** The value of the radio button beside which a sum is typed. */
export const OWN_SUM = "own";
