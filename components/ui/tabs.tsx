"use client";

import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";

export type TabItem = { value: string; label: ReactNode; panel: ReactNode };

type Props = { label: string; items: readonly TabItem[]; defaultValue?: string; className?: string };

/** Tabs inside one view. When a tab deserves an address, use `TabLinks`. */
export function Tabs({ label, items, defaultValue, className }: Props) {
  return (
    <Base.Root defaultValue={defaultValue ?? items[0]?.value} className={className}>
      <Base.List aria-label={label} className="flex gap-4 overflow-x-auto border-b border-line">
        {items.map((item) => (
          <Base.Tab
            key={item.value}
            value={item.value}
            className={cn(
              "tab py-2 text-small font-medium whitespace-nowrap text-muted hover:text-ink aria-selected:text-ink",
            )}
          >
            {item.label}
          </Base.Tab>
        ))}
      </Base.List>
      {items.map((item) => (
        <Base.Panel key={item.value} value={item.value} className="pt-4">
          {item.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
