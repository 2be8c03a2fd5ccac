"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { CallDialog } from "@/components/trpc/call-dialog";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { ChangePreview } from "./change-preview";
import type { AccountTariff, ChangeTime, TariffChange, TariffChoice } from "./outputs";
import { TimeChoice } from "./time-choice";
import { useChangeRefusal } from "./use-change-refusal";
import { useTariffWords } from "./use-tariff-words";

type Props = {
  accountId: string;
  present: AccountTariff;
  choice: TariffChoice;
  today: string;
  payHref: string | null;
  /** Where what came of it is seen. */
  doneHref: string;
};

/** What was answered for a time: the outcome, or why there is none. */
type Asked = Partial<Record<ChangeTime, TariffChange | string>>;

/** The outcome to the kopeck first, by the code that will write it; what is confirmed is what was seen. */
export function ChangeDialog({ accountId, present, choice, today, payHref, doneHref }: Props) {
  const t = useTranslations("changes");
  const words = useTariffWords(today);
  const refusal = useChangeRefusal();
  const client = useTRPCClient();
  const router = useRouter();
  const [when, setWhen] = useState<ChangeTime>(choice.times[0] ?? "next_period");
  const [asked, setAsked] = useState<Asked>({});
  const { subscriptionId } = present;
  const question = { accountId, subscriptionId, toTariffId: choice.tariffId };
  const answer = asked[when];
  const preview = typeof answer === "object" ? answer : null;
  const name = words.name(choice);

  async function ask(time: ChangeTime) {
    const outcome = await client.tariffChanges.preview.query({ ...question, when: time }).catch(refusal);
    setAsked((before) => ({ ...before, [time]: outcome }));
  }

  return (
    <CallDialog
      trigger={
        <Button size="s" aria-label={`${t("choose")}: ${name}`}>
          {t("choose")}
        </Button>
      }
      title={t("dialog.title", { name })}
      text={t("dialog.text", { name: words.name(present) })}
      submit={t(when === "now" ? "dialog.submitNow" : "dialog.submitLater")}
      busy={t("dialog.busy")}
      done={(done: TariffChange) =>
        when === "now"
          ? t("dialog.doneNow", { name })
          : t("dialog.doneLater", { name, day: words.day(done.effectiveOn) })
      }
      disabled={preview === null || preview.missingMinor > 0n}
      words={refusal}
      onOpen={() => {
        setAsked({});
        for (const time of choice.times) void ask(time);
      }}
      run={async () => {
        if (!preview) throw new Error("nothing was shown yet");
        const { effectiveOn, costMinor, feeAfterMinor } = preview;
        try {
          const agreed = { effectiveOn, costMinor, feeAfterMinor };
          const done = await client.tariffChanges.change.mutate({ ...question, when, agreed });
          router.push(doneHref);
          return done;
        } catch (error) {
          // Whatever it was refused for, what is shown may be old.
          for (const time of choice.times) void ask(time);
          throw error;
        }
      }}
    >
      <TimeChoice times={choice.times} value={when} onChange={setWhen} asked={asked} today={today} />
      <div aria-live="polite" className="grid gap-3">
        {answer === undefined ? <p className="text-small text-muted">{t("dialog.counting")}</p> : null}
        {typeof answer === "string" ? <p className="text-small text-danger">{answer}</p> : null}
        {preview ? <ChangePreview {...{ preview, present, choice, today, payHref }} /> : null}
      </div>
    </CallDialog>
  );
}
