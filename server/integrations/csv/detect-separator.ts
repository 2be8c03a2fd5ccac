import { parse } from "csv-parse/sync";
import { SEPARATORS, type Separator } from "@/server/domain/imports/constants";
import { fileFault } from "@/server/domain/imports/errors";

export type FoundSeparator = Exclude<Separator, "auto">;
const CANDIDATES = SEPARATORS.filter((separator): separator is FoundSeparator => separator !== "auto");

/**
 * The separator under which the first line names most columns of the mapping; when it names none, the commonest of
 * them. A declared separator is taken at its word unless another one plainly reads the header.
 */
export function detectSeparator(firstLine: string, declared: Separator, columns: readonly string[]): FoundSeparator {
  const found = CANDIDATES.map((separator) => {
    const cells = headerCells(firstLine, separator);
    return { separator, hits: columns.filter((column) => cells.includes(column)).length, cells: cells.length };
  }).sort((a, b) => b.hits - a.hits || b.cells - a.cells);
  const best = found[0]?.separator ?? ",";
  if (declared === "auto") return best;
  const own = found.find((candidate) => candidate.separator === declared);
  if (own && found[0] && own.hits < found[0].hits) {
    throw fileFault("separator_mismatch", { separator: declared, found: best });
  }
  return declared;
}

export function headerCells(line: string, separator: FoundSeparator): string[] {
  try {
    const [cells = []] = parse(line, { delimiter: separator, relax_quotes: true, relax_column_count: true, to: 1 });
    return (cells as string[]).map((cell) => cell.trim());
  } catch {
    return line.split(separator).map((cell) => cell.trim());
  }
}
