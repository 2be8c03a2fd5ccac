"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { useState } from "react";
import { dayOf } from "@/components/i18n/format-date";
import { ActionDialog, InputRefused } from "@/components/subscribers/action-dialog";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { IDENTIFIER_KINDS } from "@/server/domain/metering/constants";
import type { FaultFacts, MeterFacts } from "./usage-types";

type Props = { fault: FaultFacts; meters: readonly MeterFacts[] };
const keyOf = ({ meter, measure }: Pick<MeterFacts, "meter" | "measure">) => `${meter} ${measure}`;

/** Everything a record says, to be put right; what was understood of it stands there already. */
export function FixFaultDialog({ fault, meters }: Props) {
  const t = useTranslations("usage.fix");
  const words = useTranslations("usage");
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  const client = useTRPCClient();
  const router = useRouter();
  const known = meters.find(({ meter, measure }) => meter === fault.meter && measure === fault.measure) ?? meters[0];
  const [by, setBy] = useState<"identifier" | "account">("identifier");
  const [chosen, setChosen] = useState(known ? keyOf(known) : "");
  const meter = meters.find((one) => keyOf(one) === chosen);
  const at = fault.occurredAt;
  return (
    <ActionDialog
      trigger={
        <Button size="s" aria-label={t("label", { record: fault.recordId })}>
          {t("action")}
        </Button>
      }
      title={t("title")}
      text={t("text")}
      submit={t("submit")}
      busy={t("busy")}
      done={t("done")}
      run={async (form) => {
        const text = (name: string) => String(form.get(name) ?? "").trim();
        if (!meter) throw new InputRefused(t("noMeters"));
        if (!/^\d{1,15}$/.test(text("units"))) throw new InputRefused(t("unitsWrong"));
        const answer = await client.usage.changeFault.mutate({
          faultId: fault.faultId,
          whose:
            by === "account"
              ? { by, accountNumber: text("accountNumber") }
              : { by, kind: IDENTIFIER_KINDS.find((kind) => kind === text("kind")) ?? "phone", value: text("value") },
          day: text("day"),
          time: text("time"),
          meter: meter.meter,
          measure: meter.measure,
          units: BigInt(text("units")),
        });
        // What was put right is kept, so the queue behind the dialog says something else now.
        if (!answer.taken) router.refresh();
        if (!answer.taken) throw new InputRefused(t("still", { reason: words(`reason.${answer.fault}`) }));
      }}
    >
      <Field label={t("by")}>
        {(control) => (
          <Select
            {...control}
            value={by}
            onChange={(event) => setBy(event.currentTarget.value === "account" ? "account" : "identifier")}
            options={[
              { value: "identifier", label: t("byIdentifier") },
              { value: "account", label: t("byAccount") },
            ]}
          />
        )}
      </Field>
      {by === "identifier" ? (
        <div className="grid items-start gap-4 sm:grid-cols-[9rem_1fr]">
          <Field label={t("kind")}>
            {(control) => (
              <Select
                {...control}
                name="kind"
                defaultValue={fault.identifierKind ?? "phone"}
                options={IDENTIFIER_KINDS.map((kind) => ({ value: kind, label: words(`identifierKind.${kind}`) }))}
              />
            )}
          </Field>
          <Field label={t("value")} required>
            {(control) => (
              <Input
                {...control}
                name="value"
                autoComplete="off"
                defaultValue={fault.identifier ?? ""}
                maxLength={120}
              />
            )}
          </Field>
        </div>
      ) : (
        <Field label={t("account")} hint={t("accountHint")} required>
          {(control) => <Input {...control} name="accountNumber" autoComplete="off" maxLength={60} />}
        </Field>
      )}
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={t("day")} required>
          {(control) => <Input {...control} type="date" name="day" defaultValue={at ? dayOf(at, zone) : ""} />}
        </Field>
        <Field label={t("time")} required>
          {(control) => (
            <Input {...control} type="time" name="time" step={1} defaultValue={at ? clockOf(at, zone) : ""} />
          )}
        </Field>
      </div>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={t("meter")}>
          {(control) => (
            <Select
              {...control}
              value={chosen}
              onChange={(event) => setChosen(event.currentTarget.value)}
              options={meters.map((one) => ({
                value: keyOf(one),
                label: locale === "ru" ? one.nameRu : one.nameEn,
              }))}
            />
          )}
        </Field>
        <Field label={t("units", { measure: words(`measure.${meter?.measure ?? "piece"}`) })} required>
          {(control) => (
            <Input
              {...control}
              name="units"
              inputMode="numeric"
              autoComplete="off"
              defaultValue={fault.units?.toString() ?? ""}
            />
          )}
        </Field>
      </div>
    </ActionDialog>
  );
}

/** "21:05:09" by the operator's clock, as a time field wants it. */
function clockOf(at: Date, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeStyle: "medium" }).format(at);
}
