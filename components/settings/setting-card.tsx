import { CircleAlert } from "lucide-react";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { type ReactNode, type SubmitEvent, useId } from "react";
import { formatInstant } from "@/components/i18n/format-date";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { StatusBadge } from "@/components/ui/status-badge";
import type { SettingChange } from "./outputs";
import type { SettingForm } from "./use-setting-form";

type Props = {
  title: string;
  /** Whether what is set is given at all; unsaid where there is nothing to switch. */
  isOn?: boolean;
  changed: SettingChange;
  now: Date;
  isBroken?: boolean;
  /** What the values in the form mean, a sentence each; null while they cannot be read. */
  lines: readonly string[] | null;
  form: SettingForm;
  /** Who may change it, for whoever may not. */
  readOnly: string | null;
  onSave: () => void;
  children: ReactNode;
};

/** One group of settings: what it means in words, the fields, who changed it last. */
export function SettingCard({
  title,
  isOn,
  changed,
  now,
  isBroken = false,
  lines,
  form,
  readOnly,
  onSave,
  children,
}: Props) {
  const t = useTranslations("settings");
  const id = useId();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSave();
  };
  return (
    <Card aria-labelledby={id} className="overflow-clip">
      <CardHeader
        id={id}
        title={title}
        sub={<LastChange changed={changed} now={now} />}
        action={
          isOn === undefined ? null : (
            <StatusBadge tone={isOn ? "ok" : "off"} size="s">
              {t(isOn ? "on" : "off")}
            </StatusBadge>
          )
        }
      />
      {isBroken ? (
        <p className="flex items-start gap-1.5 border-t border-line bg-danger-soft px-4 py-2.5 text-small text-danger">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <span>{t("broken")}</span>
        </p>
      ) : null}
      <div className="grid border-t border-line lg:grid-cols-[minmax(0,1fr)_minmax(18rem,22rem)]">
        <section
          aria-label={`${t("means")}: ${title}`}
          className="min-w-0 bg-sunken px-4 py-3.5 max-lg:border-b max-lg:border-line lg:order-last lg:border-l lg:border-line"
        >
          <div className="lg:sticky lg:top-4">
            <p className="text-small font-medium">{t("means")}</p>
            {lines ? (
              <ul className="mt-1.5 grid gap-1.5 text-[0.875rem]">
                {lines.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            ) : (
              <p className="mt-1.5 text-small text-muted">{t("incomplete")}</p>
            )}
          </div>
        </section>
        <form onSubmit={submit} noValidate className="min-w-0">
          <fieldset disabled={readOnly !== null} className="grid min-w-0 gap-5 p-4">
            <legend className="sr-only">{title}</legend>
            {children}
          </fieldset>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-4 py-3">
            {readOnly === null ? (
              <Button type="submit" kind="primary" size="s" busy={form.running && t("saving")}>
                {t("save")}
              </Button>
            ) : (
              <p className="text-small text-muted">{readOnly}</p>
            )}
            {form.refused ? (
              <p role="alert" className="flex min-w-0 flex-1 basis-60 items-start gap-1.5 text-small text-danger">
                <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
                <span>{form.refused.text}</span>
              </p>
            ) : null}
            {form.isStale ? (
              <Button size="s" onClick={form.reload}>
                {t("stale")}
              </Button>
            ) : null}
          </div>
        </form>
      </div>
    </Card>
  );
}

function LastChange({ changed, now }: { changed: SettingChange; now: Date }) {
  const t = useTranslations("settings");
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  if (!changed) return t("neverChanged");
  const at = formatInstant(changed.at, now, locale, zone);
  return changed.byName ? t("changedBy", { name: changed.byName, at }) : t("changedAt", { at });
}
