import { z } from "zod";
import { TARIFF_KINDS, UNITS } from "@/server/domain/catalog";
import { CUSTOMER_KINDS } from "@/server/domain/crm";
import { IDENTIFIER_KINDS } from "@/server/domain/metering";
import { isDay } from "@/server/kernel/day";
import { DATE_FORMATS, DECIMALS, ENCODINGS, SEPARATORS, TOTALS } from "./constants";

const Column = z.string().trim().min(1).max(200);

/** A column. `optional`: a cell may be blank, or the whole column absent. */
const Field = z.union([
  Column.transform((column) => ({ column, optional: false })),
  z.strictObject({ column: Column, optional: z.boolean().default(false) }),
]);
export type Field = z.output<typeof Field>;

/** A column, or a text with `{columns}` in it. */
const Text = z.union([
  Field,
  z.strictObject({ template: z.string().regex(/\{[^{}]+\}/, { error: "needs at least one {column}" }) }),
]);
export type Text = z.output<typeof Text>;

/** A closed list of what a cell may say and what it means to us; compared without case and outer spaces. */
const choice = <T extends z.ZodType>(meaning: T) =>
  z.strictObject({ column: Column, optional: z.boolean().default(false), values: z.record(z.string(), meaning) });

const MappedTariff = z.strictObject({
  code: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,59}$/),
  nameRu: z.string().trim().min(1).max(120),
  nameEn: z.string().trim().min(1).max(120),
  kind: z.enum(TARIFF_KINDS),
  downKbps: z.int().positive().nullable().default(null),
  upKbps: z.int().positive().nullable().default(null),
  revenueCode: z.string().regex(/^revenue:[a-z0-9_-]+$/),
  /** List price, kopecks a month: what those pay who have no personal price. */
  feeMinor: z.int().min(0).max(100_000_000).transform(BigInt),
});

/** `values`: cell → code of a tariff, or null for "not taken". `catalog`: the cell is a tariff's code or name. */
const Product = z.union([
  z.strictObject({
    column: Column,
    main: z.boolean().default(false),
    values: z.record(z.string(), z.string().nullable()),
  }),
  z.strictObject({ column: Column, main: z.boolean().default(false), catalog: z.literal(true) }),
]);

const Address = z.union([
  z.strictObject({ line: Field }),
  z.strictObject({ city: Field, street: Field, house: Field, flat: Field.optional() }),
]);

const Source = z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/);
const Title = z.strictObject({ ru: z.string().min(1), en: z.string().min(1) });
const Format = z
  .strictObject({
    encoding: z.enum(ENCODINGS).default("auto"),
    separator: z.enum(SEPARATORS).default("auto"),
    decimal: z.enum(DECIMALS).default("auto"),
    dates: z.array(z.enum(DATE_FORMATS)).min(1).default(["DD.MM.YYYY", "YYYY-MM-DD"]),
  })
  .prefault({});

/** How the columns of one kind of file become our fields. Documented in the module's README. */
export const Mapping = z
  .strictObject({
    /** With a row's id, names the row for ever: a second import finds it by these two. */
    source: Source,
    title: Title,
    format: Format,
    id: Column,
    kind: z.union([z.enum(CUSTOMER_KINDS), choice(z.enum(CUSTOMER_KINDS))]).default("person"),
    name: Text,
    accountNumber: Text,
    contractNumber: Text,
    phone: Field.optional(),
    email: Field.optional(),
    inn: Field.optional(),
    address: Address.optional(),
    tariffs: z.array(MappedTariff).default([]),
    /** In order: the first `main` one taken carries the monthly fee, the others cost nothing beside it. */
    products: z.array(Product).min(1),
    monthlyFee: Field.optional(),
    /** Of the network, for internet; made from the account's number and at random when absent or blank. */
    login: Field.optional(),
    secret: Field.optional(),
    status: choice(z.enum(["active", "terminated"])).optional(),
    startedOn: Field.optional(),
    terminatedOn: Field.optional(),
    history: z.strictObject({ months: Column, total: Column }).optional(),
    /**
     * Whether the period that runs on the day of the import is ours to charge. A file without history comes from a billing that
     * has charged it already, so by default charging begins with the next one.
     */
    charging: z.enum(["next_period", "this_period"]).default("next_period"),
    openingBalance: Field.optional(),
    creditLimit: Field.optional(),
    /** Whole days; blank = the operator's. */
    paymentTermDays: Field.optional(),
    blockDelayDays: Field.optional(),
    /** Sums of the file that must come out the same in the database, or nothing is written. */
    reconcile: z.array(z.enum(TOTALS)).min(1).default(["accounts", "active", "terminated"]),
  })
  .superRefine((mapping, context) => {
    const complain = (path: (string | number)[], message: string) =>
      context.addIssue({ code: "custom", path, message });
    if (!mapping.history && !mapping.startedOn) complain(["startedOn"], "needed when there is no history");
    if (!mapping.products.some((product) => product.main)) complain(["products"], "none is marked main");
    const codes = new Set(mapping.tariffs.map((tariff) => tariff.code));
    if (codes.size !== mapping.tariffs.length) complain(["tariffs"], "a code is there twice");
    for (const [index, tariff] of mapping.tariffs.entries()) {
      if (tariff.kind === "internet" && (!tariff.downKbps || !tariff.upKbps)) {
        complain(["tariffs", index], "internet needs downKbps and upKbps");
      }
    }
    for (const [index, product] of mapping.products.entries()) {
      if (!("values" in product)) continue;
      for (const [value, code] of Object.entries(product.values)) {
        if (code !== null && !codes.has(code)) complain(["products", index, "values", value], `no tariff ${code}`);
      }
    }
    const needs = {
      mrr: mapping.monthlyFee,
      charged: mapping.history,
      paid: mapping.history,
      opening: mapping.openingBalance,
    };
    for (const total of mapping.reconcile) {
      if (total in needs && !needs[total as keyof typeof needs])
        complain(["reconcile"], `no column to take ${total} from`);
    }
  });
export type Mapping = z.output<typeof Mapping>;

/** What a record of usage is of. `each`: every record counts for so many units, whatever the column says. */
const MeterOf = z.strictObject({
  meter: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  unit: z.enum(UNITS),
  each: z.int().min(1).max(1_000_000).optional(),
});
export type MeterOf = z.output<typeof MeterOf>;

/** How the columns of a file of usage become records. Documented in the module's README. */
export const UsageMapping = z
  .strictObject({
    /** With a record's id, names it for ever: told again, it is found by these two. */
    source: Source,
    title: Title,
    format: Format,
    id: Text,
    identifier: z.strictObject({ kind: z.enum(IDENTIFIER_KINDS), column: Column }),
    occurredAt: z.strictObject({ column: Column, time: Column.optional() }),
    /** The clock of the source; the operator's when absent. Times with an offset of their own need none. */
    zone: z
      .string()
      .refine((zone) => Intl.supportedValuesOf("timeZone").includes(zone) || zone === "UTC", { error: "is no zone" })
      .optional(),
    /** The same for all records, or by what a cell says; null = a record that is not usage, such as a call that failed. */
    meter: z.union([MeterOf, choice(MeterOf.nullable())]),
    units: Column.optional(),
    /** Whom or what, for people: the number called. */
    label: Field.optional(),
  })
  .superRefine((mapping, context) => {
    const meters = "values" in mapping.meter ? Object.values(mapping.meter.values) : [mapping.meter];
    if (!mapping.units && meters.some((one) => one && one.each === undefined)) {
      context.addIssue({ code: "custom", path: ["units"], message: "needed unless every meter has its each" });
    }
  });
export type UsageMapping = z.output<typeof UsageMapping>;

export const ImportOptions = z.object({
  /** The day the file speaks of; today when not given. */
  asOf: z.string().refine(isDay, { error: "day.malformed" }).nullable().default(null),
  dryRun: z.boolean().default(false),
  /** Import the good rows although others are refused. */
  acceptRejects: z.boolean().default(false),
  /** Name of the operator's company, for a database that has none yet. */
  operatorName: z.string().trim().min(1).max(300).default("Оператор связи"),
});
export type ImportOptions = z.input<typeof ImportOptions>;
