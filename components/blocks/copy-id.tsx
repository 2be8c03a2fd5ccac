"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

const SHOWN_MS = 1_600;

/** An identifier that is copied by one press; `what` says what it is («номер платежа»). */
export function CopyId({ value, what, shown = value }: { value: string; what: string; shown?: string }) {
  const t = useTranslations("ui");
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const Icon = copied ? Check : Copy;
  return (
    <button
      type="button"
      title={t("copy", { what })}
      onClick={() => navigator.clipboard.writeText(value).then(() => setCopied(true))}
      className="id group -mx-1 inline-flex min-h-6 max-w-full items-center gap-1.5 rounded-[5px] px-1 hover:bg-sunken"
    >
      <span className="truncate">{shown}</span>
      <span className="sr-only">{t("copy", { what })}</span>
      <Icon aria-hidden="true" className="size-3.5 shrink-0 text-muted" />
      <span role="status" className="sr-only">
        {copied ? t("copied") : ""}
      </span>
    </button>
  );
}
