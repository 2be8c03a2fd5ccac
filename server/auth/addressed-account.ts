/** Carries the account that the address of a page names, percent-encoded: written by the proxy alone, read by layouts. */
export const ADDRESSED_ACCOUNT = "x-uzel-account";
