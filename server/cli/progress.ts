const seconds = (sinceMs: number) => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;

/** Runs one step of a longer start and says so: a line when it begins, one when it ends, and news between them. */
export async function step<T>(title: string, work: (update: (text: string) => void) => Promise<T>): Promise<T> {
  const since = performance.now();
  let shown = "";
  console.log(`▸ ${title}`);
  const result = await work((text) => {
    if (text === shown) return;
    shown = text;
    console.log(`  ${title}: ${text}`);
  });
  console.log(`✓ ${title} (${seconds(since)})`);
  return result;
}
