import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import iconv from "iconv-lite";
import { fileFault } from "@/server/domain/imports/errors";
import type { SourceRecord } from "@/server/domain/imports/ports";
import type { FoundEncoding } from "./detect-encoding";
import type { FoundSeparator } from "./detect-separator";
import { RecordGrouper } from "./group-records";

/** No honest line is longer. */
const MAX_LINE_CHARS = 1_048_576;

export interface ReadOptions {
  readonly path: string;
  readonly encoding: FoundEncoding;
  readonly separator: FoundSeparator;
  readonly sha256: string;
}

/**
 * The records after the header, one by one, in constant memory. Throws `import.file_changed` when the bytes turn out not
 * to be those of `sha256`.
 */
export async function* readRecords({ path, encoding, separator, sha256 }: ReadOptions): AsyncGenerator<SourceRecord> {
  const grouper = new RecordGrouper(separator);
  const hash = createHash("sha256");
  const decoder = iconv.getDecoder(encoding);
  let rest = "";
  let header = true;
  const body = function* (records: readonly SourceRecord[]) {
    for (const record of records) {
      if (!header) yield record;
      header = false;
    }
  };
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(piece);
    const text = rest + decoder.write(piece);
    // A carriage return at the very end may be half of a line break.
    const cut = Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r", text.length - 2)) + 1;
    rest = text.slice(cut);
    if (rest.length > MAX_LINE_CHARS) throw fileFault("file_not_csv");
    if (cut > 0) yield* body(grouper.take(linesOf(text.slice(0, cut))));
  }
  const last = rest + (decoder.end() ?? "");
  if (last !== "") yield* body(grouper.take(linesOf(last)));
  yield* body(grouper.finish());
  if (hash.digest("hex") !== sha256) throw fileFault("file_changed");
}

/** Lines without their breaks; what follows the last break, if anything, is a line too. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
