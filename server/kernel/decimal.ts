import { Decimal as Base } from "decimal.js";

/** 40 significant digits, half-up: our own clone, so that no other code's settings reach our sums. */
export const Decimal = Base.clone({ precision: 40, rounding: Base.ROUND_HALF_UP });
export type Decimal = Base;
