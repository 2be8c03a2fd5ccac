"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActionDialog, InputRefused } from "@/components/subscribers/action-dialog";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import {
  AUDIENCES,
  CHANNELS,
  MAX_OFFSET_DAYS,
  REMINDER_EVENTS,
  type ReminderEvent,
  SIDES_OF,
  STEP_SIDES,
  type StepSide,
} from "@/server/domain/notifications/constants";
import type { StepFacts } from "./outputs";
import { useTemplateWords } from "./use-step-words";

/** How the code of a text for that side ends: what a new step is offered first. */
const ENDS: Record<StepSide, string> = { before: "_before", onDay: "_on", after: "_after" };

export function AddStepDialog({ codes }: { codes: ReadonlyMap<ReminderEvent, readonly string[]> }) {
  const t = useTranslations("reminders");
  const client = useTRPCClient();
  const read = useStepForm();
  const [event, setEvent] = useState<ReminderEvent>("money_ends");
  return (
    <ActionDialog
      trigger={
        <Button kind="primary" size="s" icon={<Plus aria-hidden="true" />}>
          {t("ladder.add")}
        </Button>
      }
      title={t("step.addTitle")}
      text={t("step.addText")}
      submit={t("step.add")}
      busy={t("step.busy")}
      done={t("step.added")}
      run={async (form) => client.reminders.addStep.mutate({ event, ...read(form) })}
    >
      <Field label={t("step.event")}>
        {(control) => (
          <Select
            {...control}
            name="event"
            value={event}
            onChange={(change) => setEvent(REMINDER_EVENTS.find((one) => one === change.target.value) ?? "money_ends")}
            options={REMINDER_EVENTS.map((one) => ({ value: one, label: t(`event.${one}`) }))}
          />
        )}
      </Field>
      <StepFields key={event} event={event} codes={codes.get(event) ?? []} />
    </ActionDialog>
  );
}

type ChangeProps = { step: StepFacts; codes: readonly string[]; name: string };

export function ChangeStepDialog({ step, codes, name }: ChangeProps) {
  const t = useTranslations("reminders");
  const client = useTRPCClient();
  const read = useStepForm();
  return (
    <ActionDialog
      trigger={
        <Button size="s" aria-label={t("ladder.changeNamed", { step: name })}>
          {t("ladder.change")}
        </Button>
      }
      title={t("step.changeTitle", { event: t(`event.${step.event}`) })}
      text={t("step.changeText")}
      submit={t("step.save")}
      busy={t("step.busy")}
      done={t("step.saved")}
      run={async (form) =>
        client.reminders.changeStep.mutate({ stepId: step.id, ...read(form), isOn: form.get("isOn") === "on" })
      }
    >
      <StepFields event={step.event} codes={codes} step={step} />
      <Checkbox name="isOn" defaultChecked={step.isOn} label={t("step.isOn")} hint={t("step.isOnHint")} />
    </ActionDialog>
  );
}

type FieldsProps = { event: ReminderEvent; codes: readonly string[]; step?: StepFacts };

function StepFields({ event, codes, step }: FieldsProps) {
  const t = useTranslations("reminders");
  const template = useTemplateWords();
  const offset = step?.offsetDays ?? -3;
  const sides = SIDES_OF[event];
  const [side, setSide] = useState<StepSide>(
    step ? (offset < 0 ? "before" : offset > 0 ? "after" : "onDay") : (sides[0] ?? "before"),
  );
  return (
    <>
      <div className="grid grid-cols-2 items-start gap-3">
        <Field label={t("step.side")}>
          {(control) => (
            <Select
              {...control}
              name="side"
              value={side}
              onChange={(change) => setSide(STEP_SIDES.find((one) => one === change.target.value) ?? "before")}
              options={sides.map((one) => ({ value: one, label: t(`step.${one}`) }))}
            />
          )}
        </Field>
        {side === "onDay" ? null : (
          <Field label={t("step.days")} hint={t("step.daysHint", { max: MAX_OFFSET_DAYS })} required>
            {(control) => (
              <Input
                {...control}
                type="number"
                name="days"
                min={1}
                max={MAX_OFFSET_DAYS}
                defaultValue={Math.abs(offset) || 3}
              />
            )}
          </Field>
        )}
      </div>
      <div className="grid grid-cols-2 items-start gap-3">
        <Field label={t("step.audience")}>
          {(control) => (
            <Select
              {...control}
              name="audience"
              defaultValue={step?.audience}
              options={AUDIENCES.map((one) => ({ value: one, label: t(`audience.${one}`) }))}
            />
          )}
        </Field>
        <Field label={t("step.channel")}>
          {(control) => (
            <Select
              {...control}
              name="channel"
              defaultValue={step?.channel}
              options={CHANNELS.map((one) => ({ value: one, label: t(`channel.${one}`) }))}
            />
          )}
        </Field>
      </div>
      <Field label={t("step.template")}>
        {(control) => (
          <Select
            {...control}
            key={step ? "own" : side}
            name="templateCode"
            defaultValue={step?.templateCode ?? codes.find((code) => code.endsWith(ENDS[side]))}
            options={codes.map((code) => ({ value: code, label: template(code) }))}
          />
        )}
      </Field>
    </>
  );
}

/** What was typed, as the verb takes it. Throws `InputRefused` for a number of days that is none. */
function useStepForm() {
  const t = useTranslations("reminders.step");
  return (form: FormData) => {
    const side = form.get("side");
    const days = side === "onDay" ? 0 : Number(form.get("days"));
    const isDays = Number.isInteger(days) && days >= (side === "onDay" ? 0 : 1) && days <= MAX_OFFSET_DAYS;
    if (!isDays) throw new InputRefused(t("daysWrong", { max: MAX_OFFSET_DAYS }));
    return {
      offsetDays: side === "before" ? -days : days,
      audience: AUDIENCES.find((one) => one === form.get("audience")) ?? "everyone",
      channel: CHANNELS.find((one) => one === form.get("channel")) ?? "email",
      templateCode: String(form.get("templateCode")),
    };
  };
}
