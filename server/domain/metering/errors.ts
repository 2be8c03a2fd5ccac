import { DomainError } from "@/server/kernel/errors";

export const identifierMalformed = () => new DomainError("invalid", "identifier.malformed");
export const identifierTaken = () => new DomainError("conflict", "identifier.taken");
export const identifierNotFound = () => new DomainError("not_found", "identifier.not_found");
export const subscriptionNotFound = () => new DomainError("not_found", "subscription.not_found");
export const faultNotFound = () => new DomainError("not_found", "usage.fault_not_found");
/** Somebody else has mended or dropped it meanwhile. */
export const faultSettled = () => new DomainError("conflict", "usage.fault_settled");
