import { stat } from "node:fs/promises";
import { basename } from "node:path";
import iconv from "iconv-lite";
import type { Encoding, Separator } from "@/server/domain/imports/constants";
import { fileFault } from "@/server/domain/imports/errors";
import type { SourceFile } from "@/server/domain/imports/ports";
import { detectEncoding, hasByteOrderMark, requireText } from "./detect-encoding";
import { detectSeparator, headerCells } from "./detect-separator";
import { inspectBytes } from "./inspect-bytes";
import { readRecords } from "./read-records";

export interface CsvFormat {
  readonly encoding: Encoding;
  readonly separator: Separator;
}

/**
 * Opens a CSV file as a source of records. Throws `invalid` with one `import.<fault>` for everything that makes it
 * impossible: no file, a folder, nothing in it, a workbook, binary, damaged text, another separator than declared.
 */
export async function openCsv(path: string, format: CsvFormat, columns: readonly string[]): Promise<SourceFile> {
  const bytes = await readable(path, () => inspectBytes(path));
  requireText(bytes);
  const encoding = detectEncoding(bytes, format.encoding, columns);
  const text = iconv.decode(bytes.startsWith, encoding).replace(/^\uFEFF/, "");
  const firstLine = text.split(/\r\n|\n|\r/).find((line) => line.trim() !== "");
  if (firstLine === undefined) throw fileFault("file_empty");
  if (firstLine.length === text.length && bytes.size > bytes.startsWith.length) throw fileFault("file_not_csv");
  const separator = detectSeparator(firstLine, format.separator, columns);
  return {
    name: basename(path),
    sha256: bytes.sha256,
    encoding: hasByteOrderMark(bytes) ? `${encoding} (BOM)` : encoding,
    separator,
    header: headerCells(firstLine, separator),
    records: () => readRecords({ path, encoding, separator, sha256: bytes.sha256 }),
  };
}

/** Reads a file that has to be there and be one. Throws `invalid` (`import.file_…`) with what is in the way. */
export async function readable<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw fileFault("file_is_directory", { file: path });
    if (!found.isFile()) throw fileFault("file_not_regular", { file: path });
    return await read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") throw fileFault("file_missing", { file: path }, error);
    if (code === "EACCES" || code === "EPERM" || code === "EIO") {
      throw fileFault("file_unreadable", { file: path, code }, error);
    }
    throw error;
  }
}
