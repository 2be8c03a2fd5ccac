"use client";

import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { Fold } from "@/components/layout/fold";
import type { OwnAccount } from "./cabinet-types";

const pill =
  "num inline-flex min-h-9 max-w-[13.5rem] items-center gap-2 rounded-full border border-line bg-surface px-3 text-[0.875rem]";

/** Which account one looks at; with several, the way to another. The choice is in the address. */
export function AccountSwitcher({ accounts }: { accounts: readonly OwnAccount[] }) {
  const t = useTranslations("cabinet.account");
  const pathname = usePathname();
  const chosen = useSearchParams().get("account");
  const current = accounts.find((account) => account.id === chosen) ?? accounts[0];
  if (!current) return null;
  const words = t("label", { number: current.number });
  if (accounts.length === 1) {
    return (
      <p className={pill}>
        <span className="truncate">{words}</span>
      </p>
    );
  }
  // A page of one payment belongs to its account: from there another account is the first screen.
  const base = pathname.startsWith("/my/pay/") ? "/my" : pathname;
  return (
    <Fold
      key={current.id}
      label={`${t("choose")}: ${words}`}
      className="relative"
      summaryClassName={pill}
      summary={
        <>
          <span className="truncate">{words}</span>
          <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-muted" />
        </>
      }
      panelClassName="card absolute top-full right-0 z-40 mt-1.5 max-h-[60dvh] min-w-56 overflow-y-auto p-1.5 shadow-popup"
    >
      <ul aria-label={t("choose")}>
        {accounts.map((account) => (
          <li key={account.id}>
            <Link
              href={`${base}?account=${account.id}`}
              aria-current={account.id === current.id ? "true" : undefined}
              className="num flex min-h-11 items-center justify-between gap-4 rounded-[7px] px-2.5 text-[0.875rem] hover:bg-sunken aria-[current]:font-semibold"
            >
              <span className="truncate">{t("label", { number: account.number })}</span>
              {account.closedOn ? <span className="text-tiny text-muted">{t("closed")}</span> : null}
            </Link>
          </li>
        ))}
      </ul>
    </Fold>
  );
}
