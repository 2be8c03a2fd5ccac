/** A statement as it was read: whole and decoded, because a part of one is never taken. */
export interface StatementFile {
  readonly name: string;
  readonly sha256: string;
  /** What the bytes are, whatever the file says of itself: "utf-8", "windows-1251", "cp866". */
  readonly encoding: string;
  readonly text: string;
}

/** Finds out the encoding of what a browser sent. Throws `invalid` (`import.<fault>`) for what is no text file at all. */
export type StatementReader = (name: string, bytes: Buffer) => StatementFile;
