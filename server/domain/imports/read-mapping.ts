import type { z } from "zod";
import { fileFault } from "./errors";
import calls from "./mappings/calls.json" with { type: "json" };
import subscribers from "./mappings/subscribers.json" with { type: "json" };
import telco from "./mappings/telco.json" with { type: "json" };
import { usageColumnsOf } from "./rules/read-usage-row";
import { columnsOf } from "./rules/row-hash";
import { Mapping, UsageMapping } from "./schema";

const SHIPPED: Readonly<Record<string, unknown>> = { subscribers, telco };
export const SHIPPED_MAPPINGS = Object.keys(SHIPPED);

/** A mapping that ships with the product, by its name; null when there is none of that name. */
export function findMapping(name: string): Mapping | null {
  return Object.hasOwn(SHIPPED, name) ? parseMapping(SHIPPED[name], name) : null;
}

/** Throws `invalid` (`import.mapping_invalid`) with the place and the reason of everything that is wrong. */
export function parseMapping(raw: unknown, name: string): Mapping {
  return parsed(Mapping, raw, name);
}

function parsed<S extends z.ZodType>(schema: S, raw: unknown, name: string): z.output<S> {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  const faults = result.error.issues
    .map((issue) => `${issue.path.join(".") || "mapping"}: ${issue.message}`)
    .join("; ");
  throw fileFault("mapping_invalid", { mapping: name, faults });
}

export const wantedColumns = (mapping: Mapping): string[] => columnsOf(mapping).map(({ column }) => column);

const SHIPPED_USAGE: Readonly<Record<string, unknown>> = { calls };
export const SHIPPED_USAGE_MAPPINGS = Object.keys(SHIPPED_USAGE);

/** The same for files of usage. */
export function findUsageMapping(name: string): UsageMapping | null {
  return Object.hasOwn(SHIPPED_USAGE, name) ? parseUsageMapping(SHIPPED_USAGE[name], name) : null;
}

export function parseUsageMapping(raw: unknown, name: string): UsageMapping {
  return parsed(UsageMapping, raw, name);
}

export const wantedUsageColumns = (mapping: UsageMapping): string[] =>
  usageColumnsOf(mapping).map(({ column }) => column);
