"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";

type Props = {
  summary: ReactNode;
  label: string;
  summaryClassName: string;
  panelClassName: string;
  className?: string;
  children: ReactNode;
};

/** A panel that opens from a button without JavaScript; with it, it also closes on a new page, Escape and a press outside. */
export function Fold({ summary, label, summaryClassName, panelClassName, className, children }: Props) {
  const box = useRef<HTMLDetailsElement>(null);
  const pathname = usePathname();

  useEffect(() => {
    const close = () => box.current?.removeAttribute("open");
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) close();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !box.current?.open) return;
      close();
      box.current.querySelector("summary")?.focus();
    };
    document.addEventListener("pointerdown", onPress);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", onPress);
      document.removeEventListener("keydown", onKey);
    };
  }, []);

  return (
    <details key={pathname} ref={box} className={className}>
      <summary aria-label={label} className={`list-none [&::-webkit-details-marker]:hidden ${summaryClassName}`}>
        {summary}
      </summary>
      <div className={panelClassName}>{children}</div>
    </details>
  );
}
