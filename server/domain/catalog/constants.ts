export const TARIFF_KINDS = ["internet", "tv", "phone", "option"] as const;
export type TariffKind = (typeof TARIFF_KINDS)[number];

/** When a price line is charged. More methods come as rows here and pricers beside `rules/`, not as flags. */
export const CHARGE_METHODS = ["monthly"] as const;
export type ChargeMethod = (typeof CHARGE_METHODS)[number];

/** `if_enough`: prepaid; with too little money nothing is charged and no debt appears. */
export const MONEY_GATES = ["if_enough"] as const;
export type MoneyGate = (typeof MONEY_GATES)[number];

/** `actual_days`: fee × charged days ÷ days of the whole period. `none`: a part of a period costs the whole fee. */
export const PRORATIONS = ["actual_days", "none"] as const;
export type Proration = (typeof PRORATIONS)[number];

export const VAT_CODES = ["standard", "usn5", "usn7", "none"] as const;
export type VatCode = (typeof VAT_CODES)[number];
