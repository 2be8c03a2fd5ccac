"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ActionDialog } from "@/components/subscribers/action-dialog";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select, type SelectOption } from "@/components/ui/select";
import { RUNS_PATH } from "./run-params";

type Props = { months: readonly SelectOption[]; entities: readonly SelectOption[] };

/** Opens the run of a month and goes there. The month that is over is offered first. */
export function OpenRunDialog({ months, entities }: Props) {
  const t = useTranslations("runs.open");
  const client = useTRPCClient();
  const router = useRouter();
  return (
    <ActionDialog
      trigger={
        <Button size="s" kind="primary">
          {t("button")}
        </Button>
      }
      title={t("title")}
      text={t("text")}
      submit={t("submit")}
      busy={t("busy")}
      done={t("done")}
      run={async (form) => {
        const legalEntityId = form.get("entity");
        const { runId } = await client.runs.open.mutate({
          period: String(form.get("period")),
          ...(legalEntityId && { legalEntityId: String(legalEntityId) }),
        });
        router.push(`${RUNS_PATH}/${runId}`);
      }}
    >
      <Field label={t("month")}>
        {(control) => <Select {...control} name="period" options={months} defaultValue={months[1]?.value ?? ""} />}
      </Field>
      {entities.length > 1 ? (
        <Field label={t("entity")}>{(control) => <Select {...control} name="entity" options={entities} />}</Field>
      ) : null}
    </ActionDialog>
  );
}
