import { CalendarClock, CirclePause, LoaderCircle, Phone, PowerOff, Tv, Unplug, Wifi, WifiOff } from "lucide-react";
import Link from "next/link";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatMoney, formatNumber, formatPhone } from "@/components/i18n/format";
import { dayOf, formatDay, formatInstant } from "@/components/i18n/format-date";
import { cn } from "@/components/lib/cn";
import { buttonStyle } from "@/components/ui/button-style";
import { Card } from "@/components/ui/card";
import type { CabinetHome } from "./cabinet-types";
import { tariffName } from "./tariff-name";

type Face = CabinetHome["service"];
type Tone = "ok" | "warn" | "danger" | "info" | "off";

const TONES: Record<Face["kind"], Tone> = {
  working: "ok",
  connected: "ok",
  turningOn: "info",
  financial: "danger",
  administrative: "danger",
  voluntary: "warn",
  notStarted: "info",
  none: "off",
  terminated: "off",
};
const GROUND: Record<Tone, string> = {
  ok: "bg-ok-soft text-ok",
  warn: "bg-warn-soft text-warn",
  danger: "bg-danger-soft text-danger",
  info: "bg-info-soft text-info",
  off: "bg-sunken text-muted",
};

/** The state of what was bought, in words: what it is, why, and whom to call when money would not mend it. */
export function ServiceCard({ home }: { home: CabinetHome }) {
  const t = useTranslations("cabinet.service");
  const { service } = home;
  const calls = service.kind === "administrative" || service.kind === "none";
  return (
    <Card aria-labelledby="service" className="px-4 py-3.5">
      <div className="flex items-center gap-3.5">
        <span
          className={cn("grid size-[42px] shrink-0 place-items-center rounded-[12px]", GROUND[TONES[service.kind]])}
        >
          <FaceIcon face={service} />
        </span>
        <div className="min-w-0" role="status">
          <h2 id="service" className="font-semibold">
            <FaceTitle home={home} />
          </h2>
          <p className="text-small text-muted">
            <FaceText home={home} />
          </p>
        </div>
      </div>
      <Pause home={home} />
      {calls && home.supportPhone ? (
        <a href={`tel:${home.supportPhone}`} className={cn(buttonStyle({ size: "m", wide: true }), "mt-3")}>
          <Phone aria-hidden="true" />
          {t("call")} <span className="num whitespace-nowrap">{formatPhone(home.supportPhone)}</span>
        </a>
      ) : null}
    </Card>
  );
}

/** The way to the pause that is planned or runs, or to a new one. */
function Pause({ home }: { home: CabinetHome }) {
  const t = useTranslations("cabinet.service");
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  const { service, plannedPause, account, today } = home;
  const paused = service.kind === "voluntary";
  if (!paused && !plannedPause) return null;
  const day = (at: Date) => formatDay(dayOf(at, zone), locale, today);
  return (
    <p className="mt-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-t border-line pt-3 text-small">
      <span>
        {paused || !plannedPause
          ? t("pausedHint")
          : plannedPause.untilAt
            ? t("pausePlanned", { from: day(plannedPause.fromAt), until: day(plannedPause.untilAt) })
            : t("pausePlannedEndless", { from: day(plannedPause.fromAt) })}
      </span>
      <Link href={`/my/pause?account=${account.id}`} className="font-medium underline underline-offset-3">
        {t(paused ? "pauseReturn" : "pauseChange")}
      </Link>
    </p>
  );
}

function FaceIcon({ face }: { face: Face }): ReactNode {
  const props = { "aria-hidden": true, className: "size-6" } as const;
  switch (face.kind) {
    case "working":
    case "connected":
      return face.subject === "internet" ? <Wifi {...props} /> : <Tv {...props} />;
    case "turningOn":
      return <LoaderCircle {...props} className="size-6 motion-safe:animate-spin" />;
    case "financial":
      return <WifiOff {...props} />;
    case "administrative":
      return <PowerOff {...props} />;
    case "voluntary":
      return <CirclePause {...props} />;
    case "notStarted":
      return <CalendarClock {...props} />;
    default:
      return <Unplug {...props} />;
  }
}

function FaceTitle({ home: { service, today } }: { home: CabinetHome }): ReactNode {
  const t = useTranslations("cabinet.service");
  const locale = useLocale();
  if (service.kind === "none") return t("none");
  if (service.kind === "terminated") return t("terminated", { day: formatDay(service.on, locale, today) });
  if (service.kind === "notStarted") {
    return t(`${service.subject}.notStarted`, { day: formatDay(service.on, locale, today) });
  }
  return t(`${service.subject}.${service.kind}`);
}

function FaceText({ home }: { home: CabinetHome }): ReactNode {
  const t = useTranslations("cabinet.service");
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  const { service, now } = home;
  const instant = (at: Date) => formatInstant(at, now, locale, zone);
  switch (service.kind) {
    case "working":
    case "notStarted":
      return <What home={home} />;
    case "turningOn":
      return service.since ? t("text.turningOn", { at: instant(service.since) }) : t("text.settling");
    case "financial":
      return t("text.financial", { amount: formatMoney(service.missingMinor, locale) });
    case "administrative":
    case "voluntary":
      return (
        <>
          {service.until
            ? `${t("until", { at: instant(service.until) })}. `
            : service.since
              ? `${t("since", { at: instant(service.since) })}. `
              : null}
          {t(`text.${service.kind}`)}
        </>
      );
    default:
      return t(`text.${service.kind}`);
  }
}

/** «Дом 300», до 300 Мбит/с · ул. Лесная, 14, кв. 37 */
function What({ home }: { home: CabinetHome }) {
  const t = useTranslations("cabinet.service");
  const locale = useLocale();
  const internet = home.connected.find((row) => row.kind === home.service.subject) ?? home.connected[0];
  const speed = internet?.downKbps
    ? t("upTo", { speed: t("mbps", { value: formatNumber(internet.downKbps / 1000, locale, 1) }) })
    : null;
  const what = internet ? [tariffName(internet, locale), speed].filter(Boolean).join(", ") : null;
  return <>{[what, home.account.address].filter(Boolean).join(" · ")}</>;
}
