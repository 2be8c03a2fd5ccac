import { fileFault } from "./errors";
import subscribers from "./mappings/subscribers.json" with { type: "json" };
import telco from "./mappings/telco.json" with { type: "json" };
import { columnsOf } from "./rules/row-hash";
import { Mapping } from "./schema";

const SHIPPED: Readonly<Record<string, unknown>> = { subscribers, telco };
export const SHIPPED_MAPPINGS = Object.keys(SHIPPED);

/** A mapping that ships with the product, by its name; null when there is none of that name. */
export function findMapping(name: string): Mapping | null {
  return Object.hasOwn(SHIPPED, name) ? parseMapping(SHIPPED[name], name) : null;
}

/** Throws `invalid` (`import.mapping_invalid`) with the place and the reason of everything that is wrong. */
export function parseMapping(raw: unknown, name: string): Mapping {
  const parsed = Mapping.safeParse(raw);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues
    .map((issue) => `${issue.path.join(".") || "mapping"}: ${issue.message}`)
    .join("; ");
  throw fileFault("mapping_invalid", { mapping: name, faults });
}

export const wantedColumns = (mapping: Mapping): string[] => columnsOf(mapping).map(({ column }) => column);
