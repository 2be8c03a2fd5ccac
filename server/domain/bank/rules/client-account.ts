/**
 * Whether an account is one client's: settlement accounts, accounts of people, deposits (balance accounts 405–408, 423, 426 of the Bank
 * of Russia's chart). What comes from any other was sent by a bank in its own name, for whomever.
 */
export const isClientAccount = (number: string): boolean => /^(40[5-8]|42[36])\d{17}$/.test(number);
