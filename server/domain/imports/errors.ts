import { DomainError, type ErrorDetails } from "@/server/kernel/errors";
import type { FileFault } from "./constants";

/** A file, a mapping or a day that cannot be worked with at all: `invalid`, reason `import.<fault>`. */
export function fileFault(fault: FileFault, details: ErrorDetails = {}, cause?: unknown): DomainError {
  return new DomainError("invalid", `import.${fault}`, details, cause === undefined ? undefined : { cause });
}
