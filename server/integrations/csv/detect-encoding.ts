import iconv from "iconv-lite";
import type { Encoding } from "@/server/domain/imports/constants";
import { fileFault } from "@/server/domain/imports/errors";
import type { ByteReport } from "./inspect-bytes";

export type FoundEncoding = Exclude<Encoding, "auto">;

const ONE_BYTE = ["windows-1251", "cp866"] as const;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const WORKBOOKS = [Buffer.from("PK\x03\x04", "latin1"), Buffer.from([0xd0, 0xcf, 0x11, 0xe0])];
const UTF16_MARKS = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];

export const hasByteOrderMark = (bytes: ByteReport): boolean => starts(bytes, BYTE_ORDER_MARK);

function starts({ startsWith }: ByteReport, mark: Buffer): boolean {
  return startsWith.subarray(0, mark.length).equals(mark);
}

/** Refuses what is not a text table at all: nothing, a workbook, UTF-16, binary. */
export function requireText(bytes: ByteReport): void {
  if (bytes.size === 0 || (hasByteOrderMark(bytes) && bytes.size === 3)) throw fileFault("file_empty");
  if (WORKBOOKS.some((mark) => starts(bytes, mark))) throw fileFault("file_is_workbook");
  if (UTF16_MARKS.some((mark) => starts(bytes, mark))) throw fileFault("file_is_utf16");
  if (bytes.zeros > 0 || bytes.controls * 100 > bytes.size) throw fileFault("file_binary");
}

/**
 * UTF-8 is recognised by its bytes and by nothing else; between the one-byte code pages the header decides (which one
 * makes the columns of the mapping readable), then the letters. A UTF-8 file with a few bad bytes is damaged, not
 * another code page: it is refused with the line.
 */
export function detectEncoding(bytes: ByteReport, declared: Encoding, columns: readonly string[]): FoundEncoding {
  const looksUtf8 = bytes.broken === 0 || hasByteOrderMark(bytes) || bytes.sequences > bytes.broken;
  if (declared === "utf-8" || (declared === "auto" && looksUtf8)) {
    if (bytes.broken > 0) throw fileFault("encoding_broken", { encoding: "utf-8", line: bytes.firstBrokenLine });
    return "utf-8";
  }
  if (declared === "auto") return likelierOf(bytes.startsWith, columns);
  if (hasByteOrderMark(bytes) || (bytes.sequences > 0 && bytes.broken === 0)) {
    throw fileFault("encoding_mismatch", { encoding: declared, found: "utf-8" });
  }
  return declared;
}

function likelierOf(sample: Buffer, columns: readonly string[]): FoundEncoding {
  const [first, second] = ONE_BYTE.map((encoding) => ({
    encoding,
    score: score(iconv.decode(sample, encoding), columns),
  }));
  return second && first && second.score > first.score ? second.encoding : "windows-1251";
}

/** A column of the mapping in the first line outweighs all letters; lower-case Russian is likelier than the rest. */
function score(text: string, columns: readonly string[]): number {
  const [header = ""] = text.split(/\r?\n/);
  const hits = columns.filter((column) => /[^\x20-\x7e]/.test(column) && header.includes(column)).length;
  const usual = text.match(/[а-яё]/g)?.length ?? 0;
  const odd = text.match(/[^\x20-\x7eА-яЁё\s№«»–—…]/g)?.length ?? 0;
  return hits * sampleWeight + usual - odd * 2;
}
const sampleWeight = 1_000_000;
