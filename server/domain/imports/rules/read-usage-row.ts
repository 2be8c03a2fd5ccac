import { createHash } from "node:crypto";
import { UNIT_SIZES } from "@/server/domain/catalog";
import { readIdentifier, type TakenRecord, type UsageRecord } from "@/server/domain/metering";
import { type Day, dayIn, timeOn } from "@/server/kernel/day";
import type { UsageFault } from "../constants";
import type { SourceRecord } from "../ports";
import type { MeterOf, Text, UsageMapping } from "../schema";
import { type ReadMoment, readMoment, readUnits } from "./read-values";
import { type TakenColumn, TEMPLATE } from "./row-hash";

/** The first thing in a record that could not be understood. */
export interface UsageTrouble {
  readonly fault: UsageFault;
  readonly column: string | null;
  /** What the cell says; null where it would be personal data. */
  readonly value: string | null;
}

export type UsageReading =
  | { readonly kind: "record"; readonly taken: TakenRecord; readonly trouble: UsageTrouble | null }
  /** The mapping says that such a record is not usage. */
  | { readonly kind: "skipped" }
  /** Not CSV: there is nothing to keep. */
  | { readonly kind: "unreadable" };

export interface UsageReader {
  read(record: SourceRecord): UsageReading;
}

const MAX_ID = 200;
const MAX_LABEL = 120;

/** Every column a mapping of usage takes something from. */
export function usageColumnsOf(mapping: UsageMapping): TakenColumn[] {
  const columns = new Map<string, boolean>();
  const add = (column: string, optional = false) => columns.set(column, optional && (columns.get(column) ?? true));
  if ("template" in mapping.id) for (const [, column = ""] of mapping.id.template.matchAll(TEMPLATE)) add(column);
  else add(mapping.id.column, mapping.id.optional);
  add(mapping.identifier.column);
  add(mapping.occurredAt.column);
  if (mapping.occurredAt.time) add(mapping.occurredAt.time);
  if ("values" in mapping.meter) add(mapping.meter.column, mapping.meter.optional);
  if (mapping.units) add(mapping.units);
  if (mapping.label) add(mapping.label.column, mapping.label.optional);
  return [...columns].map(([column, optional]) => ({ column, optional }));
}

export interface UsageReaderOptions {
  readonly mapping: UsageMapping;
  readonly header: readonly string[];
  /** The operator's: days are counted in it. */
  readonly zone: string;
}

/** A reader of one file's records under one mapping. */
export function usageReader({ mapping, header, zone }: UsageReaderOptions): UsageReader {
  const places = new Map(header.map((column, index) => [column, index]));
  const columns = usageColumnsOf(mapping);
  const clock = clockOf(mapping.zone ?? zone, zone);
  return {
    read({ cells }) {
      if (!cells) return { kind: "unreadable" };
      if (cells.length !== header.length) return miscounted(cells, header.length);
      const cell = (column: string) => cells[places.get(column) ?? -1] ?? "";
      const meter = meterOf(mapping.meter, cell);
      if (meter === null) return { kind: "skipped" };
      const raw = Object.fromEntries(header.map((column) => [column, cell(column)]));
      const digest = digestOf(columns.map(({ column }) => cell(column)));
      const understood = understand(mapping, cell, meter, clock);
      const id = textOf(mapping.id, cell);
      const idTrouble =
        id === "" || id.length > MAX_ID
          ? {
              fault: id === "" ? ("value_missing" as const) : ("value_too_long" as const),
              column: columnOf(mapping.id),
              value: null,
            }
          : null;
      const trouble = idTrouble ?? understood.trouble;
      const label = mapping.label ? cell(mapping.label.column).slice(0, MAX_LABEL) || null : null;
      const taken: TakenRecord = {
        // Without an id of its own a record is known by what it says.
        recordId: idTrouble ? `#${digest}` : id,
        digest,
        raw,
        label,
        read: trouble ? null : understood.read,
        ...(trouble ? { partly: { ...understood.partly, column: trouble.column } } : {}),
      };
      return { kind: "record", taken, trouble };
    },
  };
}

type Cell = (column: string) => string;
type Clock = (moment: ReadMoment) => { readonly occurredAt: Date; readonly day: Day };

interface Understood {
  readonly read: UsageRecord | null;
  readonly partly: Partial<UsageRecord>;
  readonly trouble: UsageTrouble | null;
}

function understand(mapping: UsageMapping, cell: Cell, meter: MeterOf | undefined, clock: Clock): Understood {
  let trouble: UsageTrouble | null = null;
  const blame = (fault: UsageFault, column: string | null, value: string | null) => {
    trouble ??= { fault: value === "" ? "value_missing" : fault, column, value: value && shortened(value) };
  };
  const { kind, column } = mapping.identifier;
  const identifier = readIdentifier(kind, cell(column));
  if (identifier === null) blame("identifier_malformed", column, cell(column) === "" ? "" : null);
  const when = mapping.occurredAt;
  const moment = readMoment(cell(when.column), when.time ? cell(when.time) : null, mapping.format.dates);
  if (!moment) blame("moment_malformed", when.column, cell(when.column));
  if (!meter && "values" in mapping.meter) blame("value_unknown", mapping.meter.column, cell(mapping.meter.column));
  const units = meter ? unitsOf(mapping, meter, cell) : null;
  if (meter && units === null)
    blame("units_malformed", mapping.units ?? null, mapping.units ? cell(mapping.units) : "");
  const partly: Partial<UsageRecord> = {
    ...(identifier === null ? {} : { identifierKind: kind, identifier }),
    ...(moment ? clock(moment) : {}),
    ...(meter ? { meter: meter.meter, measure: UNIT_SIZES[meter.unit].measure } : {}),
    ...(units === null ? {} : { units }),
  };
  return { read: trouble ? null : (partly as UsageRecord), partly, trouble };
}

function unitsOf({ units, format }: UsageMapping, { unit, each }: MeterOf, cell: Cell): bigint | null {
  if (each !== undefined) return BigInt(each) * UNIT_SIZES[unit].size;
  return units ? readUnits(cell(units), unit, format.decimal) : null;
}

/** Null: not usage. Undefined: the mapping does not know what the cell says. */
function meterOf(meter: UsageMapping["meter"], cell: Cell): MeterOf | null | undefined {
  if (!("values" in meter)) return meter;
  const text = cell(meter.column);
  if (Object.hasOwn(meter.values, text)) return meter.values[text];
  const wanted = text.toLowerCase();
  return Object.entries(meter.values).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

function textOf(text: Text, cell: Cell): string {
  return "template" in text ? text.template.replace(TEMPLATE, (_, name: string) => cell(name)) : cell(text.column);
}

const columnOf = (text: Text) => ("template" in text ? null : text.column);
const shortened = (value: string) => (value.length > 60 ? `${value.slice(0, 59)}…` : value);

/** Half of a SHA-256: enough to tell records of one id apart, and half the table. */
function digestOf(said: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(said)).digest("base64url").slice(0, 22);
}

function miscounted(cells: readonly string[], expected: number): UsageReading {
  const digest = digestOf(cells);
  const raw = Object.fromEntries(cells.map((text, index) => [`${index + 1}`, text]));
  const trouble = { fault: "columns_count" as const, column: null, value: `${cells.length} ≠ ${expected}` };
  const taken = { recordId: `#${digest}`, digest, raw, label: null, read: null, partly: { column: null } };
  return { kind: "record", taken, trouble };
}

const QUARTER_MS = 900_000;

/**
 * Turns what the source's clock shows into an instant and the operator's day. An hour and a quarter are looked up in the
 * calendar once: a file has hundreds of thousands of records and only so many hours.
 */
function clockOf(sourceZone: string, operatorZone: string): Clock {
  const hours = new Map<string, number>();
  const days = new Map<number, Day>();
  const dayOf = (at: number) => remembered(days, Math.floor(at / QUARTER_MS), () => dayIn(new Date(at), operatorZone));
  return (moment) => {
    if ("instant" in moment) return { occurredAt: moment.instant, day: dayOf(moment.instant.getTime()) };
    const [hour, minute, second] = moment.clock;
    const start = remembered(hours, `${moment.day} ${hour}`, () =>
      timeOn(moment.day, `${`${hour}`.padStart(2, "0")}:00`, sourceZone).getTime(),
    );
    const at = start + (minute * 60 + second) * 1000;
    return { occurredAt: new Date(at), day: dayOf(at) };
  };
}

function remembered<K, V>(known: Map<K, V>, key: K, find: () => V): V {
  const value = known.get(key) ?? find();
  known.set(key, value);
  return value;
}
