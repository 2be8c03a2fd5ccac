"use client";

import { Dialog } from "@base-ui/react/dialog";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { ArrowRight, Search, UserRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useTRPC } from "@/components/trpc/context";
import { TrpcProvider } from "@/components/trpc/provider";
import { Kbd } from "@/components/ui/kbd";
import { Money } from "@/components/ui/money";
import type { PaletteSection } from "./command-bar";
import { SectionIcon } from "./section-icon";

const TYPING_PAUSE_MS = 120;
const SHOWN = 8;

type Props = { sections: readonly PaletteSection[]; open: boolean; onOpenChange: (open: boolean) => void };

/** Subscribers as one types, and the sections: all of it by keyboard. */
export function Palette({ sections, open, onOpenChange }: Props) {
  const t = useTranslations("staff.search");
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-[oklch(0.15_0.03_265/0.45)]" />
        <Dialog.Popup className="fixed inset-x-3 top-3 z-50 mx-auto max-w-xl overflow-hidden rounded-card border border-line bg-surface text-[0.875rem] text-ink shadow-popup sm:top-[12dvh]">
          <Dialog.Title className="sr-only">{t("title")}</Dialog.Title>
          <TrpcProvider>
            <Commands sections={sections} onDone={() => onOpenChange(false)} />
          </TrpcProvider>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const row =
  "flex cursor-pointer items-center gap-3 rounded-[8px] px-2.5 py-2 data-[selected=true]:bg-sunken [&_svg]:size-[18px] [&_svg]:shrink-0 [&_svg]:text-muted";
const group =
  "px-1.5 pb-1.5 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-label [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted";

function Commands({ sections, onDone }: { sections: readonly PaletteSection[]; onDone: () => void }) {
  const t = useTranslations("staff.search");
  const router = useRouter();
  const trpc = useTRPC();
  const [typed, setTyped] = useState("");
  const query = useLater(typed.trim(), TYPING_PAUSE_MS);
  const asks = query.length >= 2;
  const search = useQuery({
    ...trpc.subscribers.search.queryOptions({ query, limit: SHOWN }),
    enabled: asks,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: 1,
  });
  const found = asks ? (search.data ?? []) : [];
  const settled = asks && !search.isFetching && query === typed.trim();
  const places = sections.filter((section) => matches(section.label, typed));
  const first = found[0]?.accountId ?? places[0]?.href ?? "";
  const [chosen, setChosen] = useState(first);
  // Answers come later than letters: whatever they are, Enter opens the first of them.
  useEffect(() => setChosen(first), [first]);
  const go = (href: string) => {
    onDone();
    router.push(href);
  };

  return (
    <Command shouldFilter={false} label={t("title")} loop value={chosen} onValueChange={setChosen}>
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Search aria-hidden="true" className="size-[18px] shrink-0 text-muted" />
        <Command.Input
          value={typed}
          onValueChange={setTyped}
          placeholder={t("placeholder")}
          autoFocus
          maxLength={200}
          className="h-13 w-full min-w-0 bg-transparent text-[1rem] outline-none focus-visible:outline-none"
        />
      </div>
      <p role="status" className="sr-only">
        {settled ? t("results", { count: found.length }) : ""}
      </p>
      <Command.List className="max-h-[min(26rem,60dvh)] overflow-y-auto">
        {found.length > 0 ? (
          <Command.Group heading={t("found")} className={group}>
            {found.map((account) => (
              <Command.Item
                key={account.accountId}
                value={account.accountId}
                onSelect={() => go(`/crm/${account.accountId}`)}
                className={row}
              >
                <UserRound aria-hidden="true" />
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">
                    {account.customerName}
                    {account.closed ? <span className="font-normal text-muted"> · {t("closed")}</span> : null}
                  </span>
                  <span className="num block truncate text-small text-muted">
                    {[t("account", { number: account.accountNumber }), account.address, account.phoneMasked]
                      .filter(Boolean)
                      .join(" · ")}
                  </span>
                </span>
                <Money minor={account.balanceMinor} className="font-semibold" />
              </Command.Item>
            ))}
            <Command.Item value="all" onSelect={() => go(`/crm?q=${encodeURIComponent(query)}`)} className={row}>
              <ArrowRight aria-hidden="true" />
              <span className="truncate">{t("all", { query })}</span>
            </Command.Item>
          </Command.Group>
        ) : null}
        {places.length > 0 ? (
          <Command.Group heading={t("sections")} className={group}>
            {places.map((section) => (
              <Command.Item key={section.href} value={section.href} onSelect={() => go(section.href)} className={row}>
                <SectionIcon id={section.id} />
                {section.label}
              </Command.Item>
            ))}
          </Command.Group>
        ) : null}
      </Command.List>
      <Said
        title={
          search.isError
            ? t("failed")
            : asks && found.length === 0
              ? settled
                ? t("nothing", { query })
                : t("searching")
              : typed.trim().length === 1
                ? t("short")
                : null
        }
        hint={settled && !search.isError && found.length === 0 ? t("nothingHint") : null}
      />
      <div className="flex gap-4 border-t border-line px-4 py-2 text-small text-muted max-sm:hidden">
        <span>
          <Kbd>↑</Kbd> <Kbd>↓</Kbd> {t("move")}
        </span>
        <span>
          <Kbd>Enter</Kbd> {t("open")}
        </span>
        <span>
          <Kbd>Esc</Kbd> {t("close")}
        </span>
      </div>
    </Command>
  );
}

function Said({ title, hint }: { title: string | null; hint: string | null }) {
  if (!title) return null;
  return (
    <div className="px-4 pt-2 pb-4">
      <p className="font-medium">{title}</p>
      {hint ? <p className="text-small text-muted">{hint}</p> : null}
    </div>
  );
}

const matches = (label: string, typed: string) =>
  typed.trim() === "" || label.toLocaleLowerCase().includes(typed.trim().toLocaleLowerCase());

/** The value as it was `pauseMs` after it last changed. */
function useLater(value: string, pauseMs: number): string {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return later;
}
