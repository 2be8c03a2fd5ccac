import { z } from "zod";
import { UNIT_SIZES, type Unit } from "@/server/domain/catalog";
import { MAX_TERM_DAYS } from "@/server/domain/crm";
import { type Day, isDay } from "@/server/kernel/day";
import { type Minor, parseAmount } from "@/server/kernel/money";
import type { DateFormat, DecimalMark } from "../constants";

const GROUPING = /(?<=\d)[\s\u00A0\u202F'](?=\d{3}(\D|$))/g;

/**
 * Kopecks of a sum as files write it: "29.85", "1 889,50", "-12,3". Null when it is not one: letters, a third decimal,
 * a mark that the mapping does not allow, both marks at once. A guess about "1,234" would be wrong half the time.
 */
export function readAmount(text: string, decimal: DecimalMark): Minor | null {
  const plain = text.trim().replace("−", "-").replace(GROUPING, "");
  if (!/^-?\d{1,15}([.,]\d{1,2})?$/.test(plain)) return null;
  const mark = /[.,]/.exec(plain)?.[0];
  if (mark && decimal !== "auto" && mark !== decimal) return null;
  return parseAmount(plain.replace(",", "."));
}

const PATTERNS: Record<DateFormat, RegExp> = {
  "DD.MM.YYYY": /^(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})$/,
  "DD/MM/YYYY": /^(?<d>\d{1,2})\/(?<m>\d{1,2})\/(?<y>\d{4})$/,
  "DD-MM-YYYY": /^(?<d>\d{1,2})-(?<m>\d{1,2})-(?<y>\d{4})$/,
  "YYYY-MM-DD": /^(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})$/,
};

/** The first of the formats that fits; a time after the date is left out. Null for a day that is not in the calendar. */
export function readDate(text: string, formats: readonly DateFormat[]): Day | null {
  const [date = ""] = text.trim().split(/[ T]/);
  for (const format of formats) {
    const { y = "", m = "", d = "" } = PATTERNS[format].exec(date)?.groups ?? {};
    const day = `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`;
    if (isDay(day)) return day;
  }
  return null;
}

const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?$/;
const WITH_OFFSET = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})$/;

/** A moment as a file writes it: by the source's clock, or as an instant when it carries its own offset. */
export type ReadMoment =
  | { readonly day: Day; readonly clock: readonly [number, number, number] }
  | { readonly instant: Date };

/** «10.05.2026 09:15:30», a day and a time of two columns, "2026-05-10T09:15:30+05:00". Null for anything else. */
export function readMoment(text: string, time: string | null, formats: readonly DateFormat[]): ReadMoment | null {
  const whole = time === null ? text.trim() : `${text.trim()} ${time.trim()}`;
  const [, date = "", clock = "", offset = ""] = WITH_OFFSET.exec(whole) ?? [];
  if (offset !== "") {
    const instant = new Date(`${date}T${clock}${offset === "Z" ? "Z" : offset.replace(/^(...):?(..)$/, "$1:$2")}`);
    return isDay(date) && !Number.isNaN(instant.getTime()) ? { instant } : null;
  }
  const [, shown = ""] = /[ T](.+)$/.exec(whole) ?? [];
  const day = readDate(whole, formats);
  const [, hour, minute, second = "0"] = CLOCK.exec(shown.trim()) ?? [];
  if (!day || hour === undefined || minute === undefined) return null;
  const read: [number, number, number] = [Number(hour), Number(minute), Number(second)];
  return read[0] < 24 && read[1] < 60 && read[2] < 60 ? { day, clock: read } : null;
}

/**
 * How much of its measure "12", "12,5" or "0:03:25" of a unit is; null when it is no number, negative, or a part of the measure
 * that nobody counts (a third of a second).
 */
export function readUnits(text: string, unit: Unit, decimal: DecimalMark): bigint | null {
  const plain = text.trim().replace(GROUPING, "");
  const { measure, size } = UNIT_SIZES[unit];
  const [, hours, minutes, seconds] = /^(?:(\d{1,4}):)?(\d{1,4}):(\d{2})$/.exec(plain) ?? [];
  if (seconds !== undefined && measure === "second") {
    return BigInt(hours ?? 0) * 3600n + BigInt(minutes ?? 0) * 60n + BigInt(seconds);
  }
  const [, whole, mark, part = ""] = /^(\d{1,18})(?:([.,])(\d{1,9}))?$/.exec(plain) ?? [];
  if (whole === undefined || (mark && decimal !== "auto" && mark !== decimal)) return null;
  const scale = 10n ** BigInt(part.length);
  const units = BigInt(whole + part) * size;
  return units % scale === 0n ? units / scale : null;
}

/** Whole months, "34"; null for anything else. */
export function readMonths(text: string): number | null {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : null;
}

/** Days of an account's payment terms; null for what is out of their bounds too. */
export function readTermDays(text: string): number | null {
  const days = readMonths(text);
  return days === null || days > MAX_TERM_DAYS ? null : days;
}

export function readEmail(text: string): string | null {
  return z.email().max(254).safeParse(text.trim().toLowerCase()).data ?? null;
}

export function readInn(text: string): string | null {
  return /^(\d{10}|\d{12})$/.test(text.trim()) ? text.trim() : null;
}

/** A login that every NAS and RADIUS passes through unchanged; null for any other. */
export function readLogin(text: string): string | null {
  return /^[A-Za-z0-9][A-Za-z0-9._@-]{1,62}$/.test(text) ? text : null;
}

export function readSecret(text: string): string | null {
  return /^[\x21-\x7e]{8,64}$/.test(text) ? text : null;
}

const LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  [..."абвгдеёжзийклмнопрстуфхцчшщъыьэюя"].map((letter, index) => [
    letter,
    "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh sch  y  e yu ya".split(" ")[index] ?? "",
  ]),
);

/** The login of an account whose file names none: its number in Latin letters, "ЛС-1045" → "ls-1045". */
export function loginFrom(accountNumber: string): string | null {
  const latin = accountNumber.toLowerCase().replace(/[а-яё]/g, (letter) => LATIN[letter] ?? "");
  return readLogin(latin.replace(/[^a-z0-9._-]+/g, "-").replace(/^[^a-z0-9]+|-+$/g, ""));
}

export interface ReadAddress {
  readonly city: string;
  readonly street: string;
  readonly house: string;
  readonly flat: string | null;
}

const INDEX_OR_COUNTRY = /^(\d{6}|россия|рф)$/i;

/**
 * «614000, г. Пермь, ул. Лесная, д. 5, кв. 3» → its parts. Read from the end: flat when it says so, house, street; the
 * city is all that stands before (a region stays with it). Null when there are fewer than city, street and house.
 */
export function readAddress(text: string): ReadAddress | null {
  const parts = text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "" && !INDEX_OR_COUNTRY.test(part));
  const flat = /^(?:кв|квартира|оф|офис|пом)\.?\s*(.+)$/i.exec(parts.at(-1) ?? "")?.[1] ?? null;
  if (flat) parts.pop();
  const house = parts.pop()?.replace(/^(?:д|дом)\.?\s*(?=\d)/i, "");
  const street = parts.pop();
  const city = parts.join(", ").replace(/^г(?:ород|\.)?\s*(?=\p{Lu})/u, "");
  if (!house || !street || !city || !/\d/.test(house)) return null;
  if (city.length > 120 || street.length > 160 || house.length > 20 || (flat?.length ?? 0) > 20) return null;
  return { city, street, house, flat };
}
