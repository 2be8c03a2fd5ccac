import { Check, LoaderCircle, X } from "lucide-react";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import type { PaymentProgress } from "@/components/cabinet/cabinet-types";
import { formatInstant, formatTime } from "@/components/i18n/format-date";
import { cn } from "@/components/lib/cn";

type Step = PaymentProgress["received"];
type Named = { name: string; step: Step; words: string };

/** «Получен → зачислен → услуга включена»: three steps, each with its time, one under another. */
export function PaymentLine({ progress }: { progress: PaymentProgress }) {
  const t = useTranslations("payments.progress");
  const steps: Named[] = [
    { name: "received", step: progress.received, words: t(`received.${receivedWords(progress.received)}`) },
    { name: "posted", step: progress.posted, words: t(`posted.${done(progress.posted) ? "done" : "waiting"}`) },
    { name: "active", step: progress.active, words: t(`active.${activeWords(progress)}`) },
  ];
  return (
    <ol aria-label={t("label")} className="grid">
      {steps.map((one, index) => (
        <StepRow
          key={one.name}
          step={one.step}
          words={one.words}
          last={index === steps.length - 1}
          now={progress.now}
        />
      ))}
    </ol>
  );
}

const receivedWords = ({ state }: Step) => (state === "done" || state === "stopped" ? state : "waiting");
const done = (step: Step) => step.state === "done";

function activeWords({ active, outcome, wasActive }: PaymentProgress) {
  if (active.state === "done") return wasActive ? "already" : "done";
  if (active.state === "doing" || active.state === "waiting") return active.state;
  return outcome === "short" || outcome === "held" ? outcome : "none";
}

const DOT: Record<Step["state"], string> = {
  done: "border-ok bg-ok text-surface",
  doing: "border-info bg-surface text-info",
  waiting: "border-line bg-surface text-transparent",
  stopped: "border-control bg-surface text-muted",
};

function StepRow({ step, words, last, now }: Omit<Named, "name"> & { last: boolean; now: Date }) {
  const t = useTranslations("payments.progress");
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  const Icon = step.state === "doing" ? LoaderCircle : step.state === "stopped" ? X : Check;
  return (
    <li
      data-state={step.state}
      className="relative grid grid-cols-[28px_minmax(0,1fr)] gap-x-3 pb-5 last:pb-0"
      aria-current={step.state === "doing" ? "step" : undefined}
    >
      {last ? null : (
        <span
          aria-hidden="true"
          className={cn("absolute top-7 bottom-0 left-[13px] w-[2px]", step.state === "done" ? "bg-ok" : "bg-line")}
        />
      )}
      <span
        aria-hidden="true"
        className={cn("relative grid size-7 place-items-center rounded-full border-2", DOT[step.state])}
      >
        <Icon strokeWidth={2.6} className={cn("size-4", step.state === "doing" && "motion-safe:animate-spin")} />
      </span>
      <span className="pt-[3px]">
        <span className={step.state === "waiting" ? "text-muted" : "font-semibold"}>{words}</span>
        {step.at ? (
          <time dateTime={step.at.toISOString()} className="num ml-2 text-small whitespace-nowrap text-muted">
            {step.state === "doing"
              ? t("since", { at: formatTime(step.at, locale, zone) })
              : formatInstant(step.at, now, locale, zone)}
          </time>
        ) : null}
      </span>
    </li>
  );
}
