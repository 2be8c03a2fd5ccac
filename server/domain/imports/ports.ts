/** One record as the source holds it. `cells` is null when it could not be read as a record at all. */
export interface SourceRecord {
  /** Line of the file it ends on, the header being line 1. */
  readonly line: number;
  readonly cells: readonly string[] | null;
}

/** A table read from somewhere: looked over once, then read from its start as often as asked. */
export interface SourceFile {
  readonly name: string;
  readonly sha256: string;
  /** What was found, for the report: "utf-8", "utf-8 with BOM", "windows-1251". */
  readonly encoding: string;
  readonly separator: string;
  readonly header: readonly string[];
  /** Throws `import.file_changed` at the end when the bytes are no longer those of `sha256`. */
  records(): AsyncIterable<SourceRecord>;
}
