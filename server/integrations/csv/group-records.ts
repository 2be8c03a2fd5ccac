import { parse } from "csv-parse/sync";

/** The text of one record and the line it begins on; `cells` stays null when it is not CSV. */
export interface GroupedRecord {
  readonly line: number;
  readonly cells: readonly string[] | null;
}

/** A quoted cell may hold line breaks, but a record that goes on for longer than this has an unclosed quote. */
const LONGEST_RECORD_LINES = 50;

/**
 * Puts lines together into records and records into cells. A line whose quotes do not close within reason is one broken
 * record, and the reading goes on with the very next line: one stray quote must not swallow the rest of a file.
 */
export class RecordGrouper {
  private readonly waiting: string[] = [];
  private line = 1;

  constructor(private readonly separator: string) {}

  take(lines: readonly string[]): GroupedRecord[] {
    this.waiting.push(...lines);
    return this.drain(false);
  }

  finish(): GroupedRecord[] {
    return this.drain(true);
  }

  private drain(ended: boolean): GroupedRecord[] {
    const texts: { line: number; text: string | null }[] = [];
    let at = 0;
    while (at < this.waiting.length) {
      const first = this.waiting[at] ?? "";
      const length = this.lengthFrom(at, ended);
      if (length === "unknown") break;
      const text = length === "never" ? null : this.waiting.slice(at, at + length).join("\n");
      if (first.trim() !== "") texts.push({ line: this.line, text });
      const taken = length === "never" ? 1 : length;
      at += taken;
      this.line += taken;
    }
    this.waiting.splice(0, at);
    return this.cellsOf(texts);
  }

  /** How many lines the record that begins at `at` takes; `never` when its quotes do not close. */
  private lengthFrom(at: number, ended: boolean): number | "never" | "unknown" {
    let quotes = 0;
    for (let length = 1; length <= LONGEST_RECORD_LINES; length += 1) {
      const line = this.waiting[at + length - 1];
      if (line === undefined) return ended ? "never" : "unknown";
      quotes += quotesIn(line);
      if (quotes % 2 !== 0) continue;
      const whole = length === 1 || this.parse(this.waiting.slice(at, at + length).join("\n")) !== null;
      return whole ? length : "never";
    }
    return "never";
  }

  /** All at once, which is fast; one by one only when something among them is not CSV. */
  private cellsOf(texts: readonly { line: number; text: string | null }[]): GroupedRecord[] {
    const whole = texts.filter((entry) => entry.text !== null);
    const parsed = this.parse(whole.map((entry) => entry.text).join("\n"));
    if (parsed && parsed.length === whole.length) {
      let next = 0;
      return texts.map(({ line, text }) => ({ line, cells: text === null ? null : (parsed[next++] ?? null) }));
    }
    return texts.map(({ line, text }) => {
      const one = text === null ? null : this.parse(text);
      return { line, cells: one?.length === 1 ? (one[0] ?? null) : null };
    });
  }

  private parse(text: string): string[][] | null {
    try {
      return parse(text, { delimiter: this.separator, record_delimiter: "\n", relax_column_count: true, trim: true });
    } catch {
      return null;
    }
  }
}

function quotesIn(line: string): number {
  let count = 0;
  for (let at = line.indexOf('"'); at !== -1; at = line.indexOf('"', at + 1)) count += 1;
  return count;
}
