"use client";

import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";

type Props = { trigger: ReactElement; title?: ReactNode; children: ReactNode; align?: "start" | "center" | "end" };

/** A small answer beside its question («почему столько»): opens on press, so it works with a thumb. */
export function Popover({ trigger, title, children, align = "start" }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align={align} collisionPadding={12} className="z-50 outline-none">
          <Base.Popup className="max-w-[min(22rem,calc(100vw-1.5rem))] rounded-[12px] border border-line bg-surface p-3.5 text-small text-ink shadow-popup transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
            {title ? <Base.Title className="mb-1 font-semibold">{title}</Base.Title> : null}
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
