import { type ClassValue, clsx } from "clsx";

/**
 * Joins class names. It does not weigh one utility against another (that costs every page 10 kB):
 * a component keeps its choices in variants, and `className` adds what it does not set itself.
 */
export function cn(...values: ClassValue[]): string {
  return clsx(values);
}
