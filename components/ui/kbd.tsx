import type { ReactNode } from "react";

/** A key to press. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-block rounded-[5px] border border-b-2 border-line bg-surface px-[5px] py-[3px] font-mono text-[0.72rem] leading-none font-medium text-muted">
      {children}
    </kbd>
  );
}
