/** Slices of a batch: few enough rows that one statement's parameters fit (65,535). */
export function chunksOf<T>(rows: readonly T[], size = 2_000): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < rows.length; start += size) chunks.push(rows.slice(start, start + size));
  return chunks;
}
