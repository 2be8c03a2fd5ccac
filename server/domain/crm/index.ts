export {
  ACCOUNT_SORTS,
  ACCOUNT_STATES,
  type AccountSort,
  type AccountState,
  CUSTOMER_KINDS,
  type CustomerKind,
  MAX_TERM_DAYS,
} from "./constants";
export { exportAccounts } from "./export-accounts";
export { readLegalEntity } from "./internal";
export { type IssuedAccess, issueAccess } from "./issue-access";
export {
  type AccountEvent,
  type AuditRow,
  type HistoryActor,
  listAccountAudit,
  listAccountEvents,
} from "./list-account-history";
export { type AccountPage, COUNT_LIMIT, countAccounts, type ListedAccount, listAccounts } from "./list-accounts";
export { type BlockStory, listBlockHistory } from "./list-block-history";
export { listPaymentSteps, type PaymentSteps } from "./list-payment-steps";
export { OpenAccountInput, openAccounts } from "./open-accounts";
export { findAccount, listOwnAccounts, readAccount } from "./read-account";
export { readSubscriber, type SiblingAccount, type Subscriber } from "./read-subscriber";
export { readSupportPhone } from "./read-support-phone";
export { type RegisteredSubscriber, registerSubscribers } from "./register-subscribers";
export { type Contacts, revealContacts } from "./reveal-contacts";
export { addressLine } from "./rules/address-line";
export { maskEmail, maskPhone } from "./rules/mask-contact";
export { readPhone } from "./rules/read-phone";
export {
  AccountFilterInput,
  AccountHistoryInput,
  AccountIdInput,
  AddressInput,
  ListAccountsInput,
  RegisterSubscriberInput,
  RevealContactsInput,
  SearchAccountsInput,
  SetCreditLimitInput,
  SetPaymentTermsInput,
} from "./schema";
export { type FoundAccount, searchAccounts } from "./search-accounts";
export { setCreditLimit } from "./set-credit-limit";
export { setPaymentTerms } from "./set-payment-terms";
export { setUpOperator } from "./set-up-operator";
