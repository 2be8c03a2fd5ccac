import { Monitor, Smartphone } from "lucide-react";
import { useTranslations } from "next-intl";
import { SignOutForm } from "@/components/identity/sign-out-form";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Instant } from "@/components/ui/instant";
import { StatusBadge } from "@/components/ui/status-badge";
import type { SignedInDevice } from "./cabinet-types";
import { deviceName } from "./device-name";

type Props = {
  devices: readonly SignedInDevice[];
  now: Date;
  endOne: (form: FormData) => Promise<void>;
  endOthers: () => Promise<void>;
  /** What was just done. */
  done: "one" | "others" | null;
};

/** Where one is signed in, with the way out of each; plain forms. */
export function DeviceList({ devices, now, endOne, endOthers, done }: Props) {
  const t = useTranslations("cabinet.profile");
  return (
    <Card aria-labelledby="devices">
      <CardHeader
        id="devices"
        title={t("devices")}
        sub={t("devicesText")}
        action={
          devices.length > 1 ? (
            <form action={endOthers}>
              <Button type="submit" size="s">
                {t("endOthers")}
              </Button>
            </form>
          ) : null
        }
      />
      {done ? (
        <p role="status" className="mx-4 mb-3 rounded-control bg-ok-soft px-3 py-2 text-small text-ok">
          {t(done === "one" ? "ended" : "endedOthers")}
        </p>
      ) : null}
      <ul className="divide-y divide-line border-t border-line">
        {devices.map((device) => (
          <DeviceRow key={device.id} device={device} now={now} endOne={endOne} />
        ))}
      </ul>
    </Card>
  );
}

function DeviceRow({ device, now, endOne }: { device: SignedInDevice; now: Date; endOne: Props["endOne"] }) {
  const t = useTranslations("cabinet.profile");
  const { browser, system, isPhone } = deviceName(device.userAgent);
  const name = browser && system ? t("deviceName", { browser, system }) : (browser ?? system ?? t("unknownDevice"));
  const Icon = isPhone ? Smartphone : Monitor;
  return (
    <li className="flex items-center justify-between gap-3 px-4 py-3">
      <div className="flex min-w-0 items-center gap-3">
        <Icon aria-hidden="true" className="size-5 shrink-0 text-muted" />
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2">
            {name}
            {device.isThis ? (
              <StatusBadge tone="ok" size="s">
                {t("thisDevice")}
              </StatusBadge>
            ) : null}
          </p>
          <p className="text-small text-muted">
            {t.rich("lastSeen", { at: () => <Instant at={device.lastSeenAt} now={now} /> })}
            {device.address ? (
              <>
                {" · "}
                <span className="id">{device.address}</span>
              </>
            ) : null}
          </p>
        </div>
      </div>
      {device.isThis ? (
        <SignOutForm />
      ) : (
        <form action={endOne}>
          <input type="hidden" name="session" value={device.id} />
          <Button type="submit" size="s" aria-label={t("endNamed", { device: name })}>
            {t("end")}
          </Button>
        </form>
      )}
    </li>
  );
}
