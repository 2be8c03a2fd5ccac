export { CUSTOMER_KINDS, type CustomerKind } from "./constants";
export { readLegalEntity } from "./internal";
export { listOwnAccounts, readAccount } from "./read-account";
export { type RegisteredSubscriber, registerSubscribers } from "./register-subscribers";
export { addressLine } from "./rules/address-line";
export { AddressInput, RegisterSubscriberInput, SearchAccountsInput, SetCreditLimitInput } from "./schema";
export { type FoundAccount, searchAccounts } from "./search-accounts";
export { setCreditLimit } from "./set-credit-limit";
export { setUpOperator } from "./set-up-operator";
