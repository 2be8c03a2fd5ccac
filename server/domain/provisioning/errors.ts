import { DomainError } from "@/server/kernel/errors";

export const serviceNotFound = () => new DomainError("not_found", "service.not_found");

export const loginTaken = (login: string) => new DomainError("conflict", "service.login_taken", { login });

export const alreadyHasService = () => new DomainError("conflict", "service.already_exists");

export const subscriptionNotFound = () => new DomainError("not_found", "subscription.not_found");

/** The tariff has no speed: it is a promise without a network account, as television. */
export const tariffWithoutNetwork = () => new DomainError("precondition", "service.tariff_without_network");
