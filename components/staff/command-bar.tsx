"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Kbd } from "@/components/ui/kbd";
import type { SectionId } from "./sections";

const loadPalette = () => import("./palette").then((module) => module.Palette);
const Palette = dynamic(loadPalette, { ssr: false });
const KeysDialog = dynamic(() => import("./keys-dialog").then((module) => module.KeysDialog), { ssr: false });

const REST_MS = 1_500;

type Open = "palette" | "keys" | null;
export type PaletteSection = { id: SectionId; href: string; label: string };

/** The search field over every staff page and the keys that open it; what it opens is no part of the page's first load. */
export function CommandBar({ sections }: { sections: readonly PaletteSection[] }) {
  const t = useTranslations("staff");
  const [open, setOpen] = useState<Open>(null);
  const [wanted, setWanted] = useState<ReadonlySet<Exclude<Open, null>>>(new Set());

  const show = (what: Exclude<Open, null>) => {
    setWanted((before) => new Set(before).add(what));
    setOpen(what);
  };

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const what = keyOpens(event);
      if (!what) return;
      event.preventDefault();
      setWanted((before) => new Set(before).add(what));
      setOpen(what);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  // Fetched once the page is at rest, so that what is typed right after the first press is not lost.
  useEffect(() => {
    const timer = setTimeout(loadPalette, REST_MS);
    return () => clearTimeout(timer);
  }, []);

  return (
    <div className="flex items-center gap-2">
      <button
        type="button"
        onClick={() => show("palette")}
        aria-keyshortcuts="Control+K Meta+K /"
        className="flex h-10 w-full max-w-md items-center gap-2.5 rounded-control border border-control bg-surface px-3 text-left text-muted hover:border-muted"
      >
        <Search aria-hidden="true" className="size-4 shrink-0" />
        <span className="sr-only">{t("search.button")}. </span>
        <span className="min-w-0 flex-1 truncate">{t("search.hint")}</span>
        <span aria-hidden="true" className="max-sm:hidden">
          <Kbd>⌘K</Kbd>
        </span>
      </button>
      <button
        type="button"
        onClick={() => show("keys")}
        aria-keyshortcuts="?"
        aria-label={t("keys.open")}
        title={t("keys.open")}
        className="grid size-10 shrink-0 place-items-center rounded-control text-muted hover:bg-sunken max-sm:hidden"
      >
        <Kbd>?</Kbd>
      </button>
      {wanted.has("palette") ? (
        <Palette
          sections={sections}
          open={open === "palette"}
          onOpenChange={(next) => setOpen(next ? "palette" : null)}
        />
      ) : null}
      {wanted.has("keys") ? (
        <KeysDialog open={open === "keys"} onOpenChange={(next) => setOpen(next ? "keys" : null)} />
      ) : null}
    </div>
  );
}

/** Letters mean themselves while one types; ⌘K means the search everywhere. The key's place counts, not the layout's letter. */
function keyOpens(event: KeyboardEvent): Open {
  if ((event.metaKey || event.ctrlKey) && event.code === "KeyK") return "palette";
  if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return null;
  if (event.key === "?" || (event.shiftKey && event.code === "Slash")) return "keys";
  return event.key === "/" || event.code === "Slash" ? "palette" : null;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select, [role='dialog'] *"))
  );
}
