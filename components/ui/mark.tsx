import type { ComponentProps } from "react";

/** Five lines meeting in a knot. Decorative: the name stands beside it. */
export function Mark(props: ComponentProps<"svg">) {
  return (
    <svg
      viewBox="0 0 32 32"
      fill="none"
      stroke="currentColor"
      strokeWidth={2.6}
      strokeLinecap="round"
      aria-hidden="true"
      {...props}
    >
      <path d="M4 6c6 0 7 4 8.5 7" />
      <path d="M28 6c-6 0-7 4-8.5 7" />
      <path d="M3 19h6.5" />
      <path d="M29 19h-6.5" />
      <path d="M16 29v-6.2" />
      <circle cx="16" cy="17" r="5.2" />
    </svg>
  );
}
