import { CalendarClock, CircleAlert, CirclePause, CirclePlay } from "lucide-react";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatMoney } from "@/components/i18n/format";
import { dayOf, formatDay } from "@/components/i18n/format-date";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { CabinetPause } from "./cabinet-types";
import { dayAfter } from "./day-after";
import { FollowChanges } from "./follow-changes";
import { type PauseError, PauseErrorText } from "./pause-error";

type Action = (form: FormData) => Promise<void>;
type Props = {
  pause: CabinetPause;
  begin: Action;
  end: Action;
  /** What was asked for and refused. */
  typed: { from: string | undefined; until: string | undefined };
  error: PauseError | null;
  /** A pause was just ended. */
  done: boolean;
};

/** The subscriber's own pause: the one there is with the way out of it, or a form and the rules it goes by. */
export function PauseView({ pause, begin, end, typed, error, done }: Props) {
  const t = useTranslations("cabinet.pause");
  const { account, suspension } = pause;
  return (
    <div className="grid max-w-[640px] gap-3">
      <FollowChanges accountId={account.id} now={pause.now} />
      <div className="px-1 pb-1">
        <h1 className="text-title font-semibold">{t("title")}</h1>
        <p className="text-small text-muted">{t("sub", { number: account.number })}</p>
      </div>
      {done ? (
        <p role="status" className="rounded-control bg-ok-soft px-3.5 py-2.5 text-small text-ok">
          {t("ended")}
        </p>
      ) : null}
      {suspension.current ? (
        <CurrentPause pause={pause} end={end} error={error} />
      ) : suspension.refusal ? (
        <Card className="px-4 py-3.5 text-small text-muted">{t(`refusal.${suspension.refusal}`)}</Card>
      ) : (
        <PauseForm pause={pause} begin={begin} typed={typed} error={error} />
      )}
    </div>
  );
}

function CurrentPause({ pause, end, error }: { pause: CabinetPause; end: Action; error: PauseError | null }) {
  const t = useTranslations("cabinet.pause");
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  const { today, account } = pause;
  const { current } = pause.suspension;
  if (!current) return null;
  const { suspensionId, fromAt, untilAt, begun, returnOn } = current;
  const words = {
    from: formatDay(dayOf(fromAt, zone), locale, today),
    until: untilAt ? formatDay(dayOf(untilAt, zone), locale, today) : "",
  };
  const Icon = begun ? CirclePause : CalendarClock;
  return (
    <Card aria-labelledby="current" className="px-4 py-3.5">
      <div className="flex items-center gap-3.5">
        <span className="grid size-[42px] shrink-0 place-items-center rounded-[12px] bg-warn-soft text-warn">
          <Icon aria-hidden="true" className="size-6" />
        </span>
        <div className="min-w-0">
          <h2 id="current" className="font-semibold">
            {t(begun ? (untilAt ? "running" : "runningEndless") : "planned", words)}
          </h2>
          <p className="text-small text-muted">{t(begun ? "runningText" : "plannedText", words)}</p>
        </div>
      </div>
      {returnOn !== null && returnOn <= today ? (
        <form action={end} className="mt-3 grid gap-2">
          <input type="hidden" name="account" value={account.id} />
          <input type="hidden" name="suspension" value={suspensionId} />
          {error ? <ErrorLine error={error} today={today} /> : null}
          <Button type="submit" kind={begun ? "primary" : "secondary"} wide>
            {begun ? <CirclePlay aria-hidden="true" /> : null}
            {t(begun ? "return" : "cancel")}
          </Button>
        </form>
      ) : (
        <p className="mt-3 border-t border-line pt-3 text-small text-muted">
          {returnOn === null ? t("noReturn") : t("returnFrom", { day: formatDay(returnOn, locale, today) })}
        </p>
      )}
    </Card>
  );
}

type FormProps = Pick<Props, "pause" | "begin" | "typed" | "error">;

function PauseForm({ pause, begin, typed, error }: FormProps) {
  const t = useTranslations("cabinet.pause");
  const locale = useLocale();
  const { today, account, suspension } = pause;
  const { policy, terms } = suspension;
  const from = typed.from || terms.earliestOn;
  return (
    <Card aria-labelledby="ask">
      <CardHeader id="ask" title={t("ask")} sub={t("askText")} />
      <form action={begin} className="grid gap-4 border-t border-line px-4 py-4">
        <input type="hidden" name="account" value={account.id} />
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Field label={t("from")} required>
            {(control) => (
              <Input
                {...control}
                type="date"
                name="from"
                min={terms.earliestOn}
                max={terms.latestOn}
                defaultValue={from}
              />
            )}
          </Field>
          <Field label={t("until")} hint={t("untilHint")} required>
            {(control) => (
              <Input
                {...control}
                type="date"
                name="until"
                min={dayAfter(terms.earliestOn, policy.minDays)}
                max={dayAfter(terms.latestOn, policy.maxDays)}
                defaultValue={typed.until || dayAfter(from, policy.minDays)}
              />
            )}
          </Field>
        </div>
        {policy.feeMinor > 0n ? (
          <p className="rounded-control bg-info-soft px-3.5 py-2.5 text-small">
            {t("fee", { amount: formatMoney(policy.feeMinor, locale) })}
          </p>
        ) : null}
        {error ? <ErrorLine error={error} today={today} /> : null}
        <Button type="submit" kind="primary" wide>
          {t("submit")}
        </Button>
      </form>
      <ul className="grid gap-1 border-t border-line px-4 py-3 text-small text-muted">
        <Rule>{t("rule.length", { min: policy.minDays, max: policy.maxDays })}</Rule>
        <Rule>{t("rule.quota", { left: terms.quotaLeftDays, quota: policy.yearlyQuotaDays })}</Rule>
        {policy.everyDays > 0 ? <Rule>{t("rule.every", { days: policy.everyDays })}</Rule> : null}
        {terms.earliestOn > today ? (
          <Rule>{t("rule.earliest", { day: formatDay(terms.earliestOn, locale, today) })}</Rule>
        ) : null}
      </ul>
    </Card>
  );
}

const Rule = ({ children }: { children: ReactNode }) => <li className="flex gap-2 before:content-['·']">{children}</li>;

function ErrorLine({ error, today }: { error: PauseError; today: string }) {
  return (
    <p role="alert" className="flex items-start gap-1.5 text-small text-danger">
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span>
        <PauseErrorText error={error} today={today} />
      </span>
    </p>
  );
}
