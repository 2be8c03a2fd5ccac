"use client";

import { CircleAlert, FileUp } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type DragEvent, useRef, useState } from "react";
import { errorText } from "@/components/i18n/error-text";
import { formatMoney } from "@/components/i18n/format";
import type { Messages } from "@/components/i18n/messages";
import { cn } from "@/components/lib/cn";
import { refusalValues } from "@/components/trpc/refusal-values";
import { Button } from "@/components/ui/button";
import { MAX_UPLOAD_BYTES } from "@/server/domain/bank/constants";
import { BANK_PATH } from "./bank-params";
import { type SentReport, sendStatement } from "./send-statement";

type Reason = keyof Messages["bank"]["errors"]["reason"];

/** Where a statement is dropped or chosen, and what became of the last one. */
export function UploadCard({ hasOwnAccounts }: { hasOwnAccounts: boolean }) {
  const t = useTranslations("bank.upload");
  const errors = useTranslations("bank.errors");
  const kinds = useTranslations("errors");
  const locale = useLocale();
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState(false);
  const [report, setReport] = useState<SentReport | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const isOpen = hasOwnAccounts && !busy;

  const wordsOf = (reason: string, details: Readonly<Record<string, unknown>>) => {
    const key = `reason.${reason.replaceAll(".", "_")}` as `reason.${Reason}`;
    return errors.has(key) ? errors(key, refusalValues(details, locale) as never) : errorText(kinds, "invalid");
  };

  async function take(file: File | undefined) {
    if (!file || !isOpen) return;
    setReport(null);
    setRefusal(null);
    if (file.size > MAX_UPLOAD_BYTES) return setRefusal(wordsOf("bank.too_large", {}));
    setBusy(true);
    const answer = await sendStatement(`${BANK_PATH}/upload`, file);
    setBusy(false);
    if (answer === null) setRefusal(errors("offline"));
    else if ("reason" in answer) setRefusal(wordsOf(answer.reason, answer.details));
    else {
      setReport(answer);
      router.refresh();
    }
  }

  const drag = (isOver: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(isOver && isOpen);
  };
  return (
    <section
      aria-label={t("label")}
      onDragEnter={drag(true)}
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={(event) => {
        drag(false)(event);
        void take(event.dataTransfer.files[0]);
      }}
      className={cn(
        "mb-4 grid gap-3 rounded-card border border-dashed px-4 py-4",
        over ? "border-info bg-info-soft" : "border-control bg-surface",
      )}
    >
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="font-semibold">{over ? t("drop") : t("title")}</h2>
          <p className="text-small text-muted">{hasOwnAccounts ? t("text") : t("own")}</p>
        </div>
        <input
          ref={input}
          type="file"
          accept=".txt,text/plain"
          tabIndex={-1}
          aria-hidden="true"
          className="hidden"
          onChange={(event) => {
            void take(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
        <Button
          size="s"
          kind={hasOwnAccounts ? "primary" : "secondary"}
          disabled={!hasOwnAccounts}
          busy={busy && t("busy")}
          icon={<FileUp aria-hidden="true" />}
          onClick={() => input.current?.click()}
        >
          {t("choose")}
        </Button>
      </div>
      <div aria-live="polite" className="grid gap-2 empty:hidden">
        {report ? <Report report={report} /> : null}
        {refusal ? (
          <p className="flex items-start gap-1.5 text-small text-danger">
            <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
            <span>
              <span className="font-medium">{t("refused")}.</span> {refusal}
            </span>
          </p>
        ) : null}
      </div>
    </section>
  );
}

function Report({ report }: { report: SentReport }) {
  const t = useTranslations("bank.upload");
  const locale = useLocale();
  const money = (minor: string) => formatMoney(BigInt(minor), locale);
  const { credit: _ours, ...others } = report.documents;
  const other = {
    count: Object.values(others).reduce((sum, one) => sum + one.count, 0),
    amountMinor: `${Object.values(others).reduce((sum, one) => sum + BigInt(one.amountMinor), 0n)}`,
  };
  const figures = [
    [t("posted"), report.posted],
    [t("queued"), report.queued],
    [t("repeated"), report.repeated],
    [t("other"), other],
  ] as const;
  return (
    <div className="grid gap-2 border-t border-line pt-3">
      <p className="font-medium break-words">
        {t(report.outcome === "unchanged" ? "unchanged" : "done", { file: report.file.name })}
      </p>
      {report.outcome === "unchanged" ? <p className="text-small text-muted">{t("unchangedText")}</p> : null}
      <dl className="num grid grid-cols-2 gap-x-4 gap-y-2 text-small sm:grid-cols-4">
        {figures.map(([label, { count, amountMinor }]) => (
          <div key={label}>
            <dt className="text-muted">{label}</dt>
            <dd className="font-medium">{money(amountMinor)}</dd>
            <dd className="text-muted">{t("count", { count })}</dd>
          </div>
        ))}
      </dl>
      {report.doubtful.length > 0 ? (
        <p className="text-small text-warn">{t("doubtful", { lines: report.doubtful.join(", ") })}</p>
      ) : null}
      {report.turnovers.map(({ account, saidMinor, foundMinor }) => (
        <p key={account} className="text-small text-warn">
          {t("turnover", { account, said: money(saidMinor), found: money(foundMinor) })}
        </p>
      ))}
    </div>
  );
}
