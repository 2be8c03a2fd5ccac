import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

type Props = {
  title: ReactNode;
  /** One muted line: period, freshness, counts. */
  sub?: ReactNode;
  /** Stands beside `sub`: `<LedgerMark />`. */
  mark?: ReactNode;
  /** Filters and buttons; one accent a view. */
  actions?: ReactNode;
  back?: { href: string; label: string };
};

export function PageHeader({ title, sub, mark, actions, back }: Props) {
  return (
    <header className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        {back ? (
          <Link href={back.href} className="mb-1 inline-flex items-center gap-1.5 text-small text-muted hover:text-ink">
            <ArrowLeft aria-hidden="true" className="size-4" />
            {back.label}
          </Link>
        ) : null}
        <h1 className="text-title font-semibold">{title}</h1>
        {sub || mark ? (
          <div className="mt-0.5 flex flex-wrap items-center gap-x-1.5 text-label text-muted">
            {sub}
            {sub && mark ? (
              <span aria-hidden="true" className="max-sm:hidden">
                ·
              </span>
            ) : null}
            {mark}
          </div>
        ) : null}
      </div>
      {actions ? (
        <div className="flex flex-wrap items-center gap-2" data-print="hide">
          {actions}
        </div>
      ) : null}
    </header>
  );
}
