import { DomainError } from "@/server/kernel/errors";

export const stepNotFound = () => new DomainError("not_found", "reminder_step.not_found");
/** Another step stands on the same day, for the same people, on the same channel. */
export const stepTaken = () => new DomainError("conflict", "reminder_step.taken");
export const templateNotFound = () => new DomainError("not_found", "template.not_found");
export const exceptionNotFound = () => new DomainError("not_found", "reminder_exception.not_found");
/** Somebody else made one at the same moment. */
export const alreadyExcepted = () => new DomainError("conflict", "reminder_exception.already_open");
export const messageNotFound = () => new DomainError("not_found", "message.not_found");
/** Only what failed, or may not have arrived, is sent once more. */
export const notResendable = () => new DomainError("precondition", "message.not_resendable");
