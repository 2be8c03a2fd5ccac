import { CircleAlert, Handshake, Hourglass } from "lucide-react";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatMoney } from "@/components/i18n/format";
import { dayOf, formatDay } from "@/components/i18n/format-date";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import type { CabinetHome } from "./cabinet-types";
import { dayAfter } from "./day-after";

type Promised = NonNullable<CabinetHome["promised"]>;
type Props = {
  home: CabinetHome;
  action: (form: FormData) => Promise<void>;
  error: string | null;
};

/** A promised payment: one tick and one press away, or why it cannot be had. A plain form. */
export function PromisedCard({ home, action, error }: Props) {
  const { promised } = home;
  if (!promised) return null;
  if (promised.kind === "running") return <Running home={home} promised={promised} />;
  if (promised.kind === "refusal") return <Refused home={home} promised={promised} />;
  return <Offer home={home} promised={promised} action={action} error={error} />;
}

function Running({ home, promised }: { home: CabinetHome; promised: Extract<Promised, { kind: "running" }> }) {
  const t = useTranslations("cabinet.promised");
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  const day = formatDay(dayAfter(dayOf(promised.untilAt, zone), -1), locale, home.today);
  return (
    <Frame
      tone="bg-warn-soft text-warn"
      icon={<Hourglass aria-hidden="true" className="size-6" />}
      title={t("running", { day })}
    >
      {promised.owedMinor > 0n
        ? t("runningOwed", { amount: formatMoney(promised.owedMinor, locale) })
        : t("runningFree", { amount: formatMoney(promised.amountMinor, locale) })}
    </Frame>
  );
}

function Refused({ home, promised }: { home: CabinetHome; promised: Extract<Promised, { kind: "refusal" }> }) {
  const t = useTranslations("cabinet.promised");
  const locale = useLocale();
  const { reason, on, amountMinor } = promised;
  return (
    <Frame
      tone="bg-sunken text-muted"
      icon={<Handshake aria-hidden="true" className="size-6" />}
      title={t(reason === "too_small" ? "almost" : "refused")}
    >
      {t(`reason.${reason}`, {
        day: on ? formatDay(on, locale, home.today) : "",
        amount: amountMinor === null ? "" : formatMoney(amountMinor, locale),
      })}
    </Frame>
  );
}

type OfferProps = Props & { promised: Extract<Promised, { kind: "offer" }> };

function Offer({ home, promised, action, error }: OfferProps) {
  const t = useTranslations("cabinet.promised");
  const locale = useLocale();
  const { amountMinor, feeMinor, untilOn, offeredAt, consentRequired } = promised;
  const words = { amount: formatMoney(amountMinor, locale), day: formatDay(dayAfter(untilOn, -1), locale, home.today) };
  return (
    <Card aria-labelledby="promised" className="px-4 py-3.5">
      <div className="flex items-center gap-3.5">
        <Icon tone="bg-info-soft text-info">
          <Handshake aria-hidden="true" className="size-6" />
        </Icon>
        <div className="min-w-0">
          <h2 id="promised" className="font-semibold">
            {t(offeredAt ? "offered" : "offer")}
          </h2>
          <p className="text-small text-muted">
            {t("terms", words)} {feeMinor > 0n ? t("fee", { fee: formatMoney(feeMinor, locale) }) : t("free")}
          </p>
        </div>
      </div>
      <form action={action} className="mt-2 grid gap-2">
        <input type="hidden" name="account" value={home.account.id} />
        {consentRequired ? <Checkbox name="consent" required label={t("consent", words)} /> : null}
        {error ? <Failed reason={error} /> : null}
        <Button type="submit" wide>
          {t("submit")}
        </Button>
      </form>
    </Card>
  );
}

const ERRORS = ["promise.consent_required", "api.too_many_calls"] as const;

function Failed({ reason }: { reason: string }) {
  const t = useTranslations("cabinet.promised.error");
  const known = ERRORS.find((one) => one === reason);
  return (
    <p role="alert" className="flex items-start gap-1.5 text-small text-danger">
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span>{t(known === "promise.consent_required" ? "consent" : known ? "often" : "other")}</span>
    </p>
  );
}

function Frame({ tone, icon, title, children }: { tone: string; icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <Card aria-labelledby="promised" className="flex items-center gap-3.5 px-4 py-3.5">
      <Icon tone={tone}>{icon}</Icon>
      <div className="min-w-0">
        <h2 id="promised" className="font-semibold">
          {title}
        </h2>
        <p className="text-small text-muted">{children}</p>
      </div>
    </Card>
  );
}

function Icon({ tone, children }: { tone: string; children: ReactNode }) {
  return <span className={`grid size-[42px] shrink-0 place-items-center rounded-[12px] ${tone}`}>{children}</span>;
}
