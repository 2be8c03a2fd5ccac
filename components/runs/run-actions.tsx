"use client";

import { useTranslations } from "next-intl";
import { ActionDialog } from "@/components/subscribers/action-dialog";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";

export const RUN_ACTS = ["preview", "approve", "start", "pause", "resume", "close", "cancel"] as const;
export type RunAct = (typeof RUN_ACTS)[number];

type Props = {
  runId: string;
  /** What may be done now, by this person; the first is the next step. */
  acts: readonly RunAct[];
  /** It has been previewed before. */
  again: boolean;
  /** What would be, or has been charged, in the reader's words. */
  sum: string;
  accounts: number;
};

/** What may be done to the run, each with its consequences said first. */
export function RunActions({ runId, acts, again, sum, accounts }: Props) {
  const t = useTranslations("runs.act");
  const client = useTRPCClient();
  // Another look is not the step that is waited for, and giving up never is.
  const isNext = (act: RunAct, place: number) => place === 0 && act !== "cancel" && !(act === "preview" && again);
  return acts.map((act, place) => (
    <ActionDialog
      key={act}
      trigger={
        <Button size="s" kind={isNext(act, place) ? "primary" : "secondary"}>
          {act === "preview" && again ? t("preview.again") : t(`${act}.button`)}
        </Button>
      }
      title={t(`${act}.title`)}
      text={t(`${act}.text`, { sum, count: accounts })}
      submit={t(`${act}.submit`)}
      busy={t(`${act}.busy`)}
      done={t(`${act}.done`)}
      danger={act === "cancel"}
      run={async () => {
        await client.runs[act].mutate({ runId });
      }}
    />
  ));
}
