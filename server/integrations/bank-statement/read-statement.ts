import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import iconv from "iconv-lite";
import type { StatementFile } from "@/server/domain/bank/ports";
import { detectEncoding, inspectBuffer, readable, requireText } from "../csv";

/** A statement from a file. Throws `invalid` (`import.<fault>`) for what is no text file at all. */
export async function readStatementFile(path: string): Promise<StatementFile> {
  return readStatementBytes(basename(path), await readable(path, () => readFile(path)));
}

/** The same of what came over the network. The bytes decide the encoding, whatever `Кодировка` says. */
export function readStatementBytes(name: string, bytes: Buffer): StatementFile {
  const seen = inspectBuffer(bytes);
  requireText(seen);
  const encoding = detectEncoding(seen, "auto", []);
  return { name, sha256: seen.sha256, encoding, text: iconv.decode(bytes, encoding) };
}
