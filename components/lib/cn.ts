import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ["tiny", "label", "small", "body", "title", "figure"],
      radius: ["card", "control", "hero"],
    },
  },
});

/** Joins class names; a later utility wins over an earlier one of the same kind. */
export function cn(...values: ClassValue[]): string {
  return merge(clsx(values));
}
