"use client";

import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";

type Props = { text: ReactNode; children: ReactElement; side?: "top" | "right" | "bottom" | "left" };

/** Adds words to something that is already named and focusable; never the only place a fact stands. */
export function Tooltip({ text, children, side = "top" }: Props) {
  return (
    <Base.Provider delay={300}>
      <Base.Root>
        <Base.Trigger render={children} />
        <Base.Portal>
          <Base.Positioner side={side} sideOffset={8} className="z-50">
            <Base.Popup className="max-w-72 rounded-[8px] bg-ink px-2.5 py-1.5 text-small text-paper transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
              {text}
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </Base.Provider>
  );
}
