"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { dayOf, formatDay } from "@/components/i18n/format-date";
import { useReasonWords } from "@/components/runs/use-reason-words";
import { useErrorWords } from "@/components/subscribers/use-error-words";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { showToast } from "@/components/ui/toast";
import { CLOCK_STEPS, type ClockStep } from "@/server/domain/sandbox/constants";

type Props = { copyId: string; clockOn: string };

/** Where the copy's time stands, and the ways forward. There is no way back but to begin anew. */
export function ClockCard({ copyId, clockOn }: Props) {
  const t = useTranslations("sandbox.clock");
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  const words = useErrorWords();
  const reasons = useReasonWords();
  const client = useTRPCClient();
  const router = useRouter();
  const [step, setStep] = useState<ClockStep | null>(null);
  const [refreshing, refresh] = useTransition();
  const waiting = step !== null || refreshing;

  async function move(chosen: ClockStep) {
    setStep(chosen);
    try {
      const { clockAt, charged, parked } = await client.sandbox.move.mutate({ copyId, step: chosen });
      showToast({
        tone: parked ? "danger" : "ok",
        title: t("moved", { day: formatDay(dayOf(clockAt, zone), locale) }),
        text: parked ? t("parked", { reason: reasons(parked) }) : t("charges", { count: charged }),
      });
    } catch (error) {
      showToast({ tone: "danger", title: t("failed"), text: words(error) });
    }
    setStep(null);
    refresh(() => router.refresh());
  }

  return (
    <Card padded aria-label={t("title")} aria-busy={waiting} className="mb-3.5">
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-3">
        <div>
          <p className="text-label font-medium text-muted">{t("title")}</p>
          <p className="num text-[1.5rem] leading-tight font-semibold tracking-[-0.03em]" data-clock={clockOn}>
            {formatDay(clockOn, locale)}
          </p>
        </div>
        <fieldset className="grid grid-cols-2 gap-2 max-sm:w-full sm:flex sm:flex-wrap">
          <legend className="sr-only">{t("forward")}</legend>
          {CLOCK_STEPS.map((one) => (
            <Button
              key={one}
              kind={one === "year" ? "primary" : "secondary"}
              size="s"
              disabled={waiting}
              busy={step === one && t("busy")}
              onClick={() => move(one)}
            >
              {t(one)}
            </Button>
          ))}
        </fieldset>
      </div>
      <p className="mt-2 text-small text-muted">{t("hint")}</p>
    </Card>
  );
}
