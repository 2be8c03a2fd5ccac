"use client";

import { Menu as Base } from "@base-ui/react/menu";
import Link from "next/link";
import type { ReactElement, ReactNode } from "react";
import { cn } from "@/components/lib/cn";

export type MenuItem =
  | {
      kind?: "action";
      id: string;
      label: ReactNode;
      hint?: ReactNode;
      onSelect: () => void;
      danger?: boolean;
      disabled?: boolean;
    }
  | { kind: "link"; label: ReactNode; hint?: ReactNode; href: string; current?: boolean }
  | { kind: "rule"; id: string };

const row =
  "flex w-full items-center justify-between gap-4 rounded-[7px] px-2.5 py-2 text-[0.875rem] outline-none data-disabled:text-muted data-highlighted:bg-sunken aria-[current=true]:font-semibold";

type Props = { trigger: ReactElement; items: readonly MenuItem[]; align?: "start" | "end" };

/** A short list of actions or places behind one button. */
export function Menu({ trigger, items, align = "end" }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align={align} className="z-50 outline-none">
          <Base.Popup className="min-w-44 rounded-[12px] border border-line bg-surface p-1.5 text-ink shadow-popup transition-opacity duration-100 outline-none data-ending-style:opacity-0 data-starting-style:opacity-0">
            {items.map((item) => {
              if (item.kind === "rule") return <Base.Separator key={item.id} className="my-1.5 h-px bg-line" />;
              const content = (
                <>
                  <span className="truncate">{item.label}</span>
                  {item.hint ? <span className="text-tiny text-muted">{item.hint}</span> : null}
                </>
              );
              return item.kind === "link" ? (
                <Base.LinkItem
                  key={item.href}
                  closeOnClick
                  render={<Link href={item.href} aria-current={item.current} />}
                  className={row}
                >
                  {content}
                </Base.LinkItem>
              ) : (
                <Base.Item
                  key={item.id}
                  disabled={item.disabled ?? false}
                  onClick={item.onSelect}
                  className={cn(row, "cursor-pointer", item.danger && "text-danger")}
                >
                  {content}
                </Base.Item>
              );
            })}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
