/** «14» as a person types it → 14; null when it is no whole number, or not within the bounds, both in. */
export function typedWhole(text: string, [min, max]: readonly [number, number]): number | null {
  const number = /^\d{1,6}$/.test(text.trim()) ? Number(text) : null;
  return number !== null && number >= min && number <= max ? number : null;
}
