import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import type { CabinetProfile } from "./cabinet-types";

type Props = {
  accountId: string;
  reminders: CabinetProfile["reminders"];
  save: (form: FormData) => Promise<void>;
  isSaved: boolean;
};

/** What one is told of and how, a tick each; a plain form. */
export function ReminderChoices({ accountId, reminders, save, isSaved }: Props) {
  const t = useTranslations("cabinet.profile.reminders");
  const missing = reminders.channels.filter((one) => !one.isConnected).map(({ channel }) => t(`channel.${channel}`));
  return (
    <Card aria-labelledby="reminders" className="pb-4">
      <CardHeader id="reminders" title={t("title")} sub={t("text")} />
      {isSaved ? (
        <p role="status" className="mx-4 mb-3 rounded-control bg-ok-soft px-3 py-2 text-small text-ok">
          {t("saved")}
        </p>
      ) : null}
      {missing.length > 0 ? (
        <p className="mx-4 mb-3 rounded-control bg-warn-soft px-3 py-2 text-small">
          {t("notYet", { channels: missing.join(", ") })}
        </p>
      ) : null}
      <form action={save} className="grid gap-4 px-4">
        <input type="hidden" name="account" value={accountId} />
        {reminders.events.map(({ event, wanted }) => (
          <fieldset key={event} className="min-w-0 border-t border-line pt-3">
            <legend className="float-left mb-1 w-full font-medium">{t(`event.${event}`)}</legend>
            <div className="clear-both grid gap-x-4 sm:grid-cols-3">
              {reminders.channels.map(({ channel, recipient }) => (
                <Checkbox
                  key={channel}
                  name={`${event}|${channel}`}
                  defaultChecked={wanted.includes(channel)}
                  label={t(`channel.${channel}`)}
                  hint={<span className="break-all">{recipient ?? t("none")}</span>}
                  aria-label={t("named", { event: t(`event.${event}`), channel: t(`channel.${channel}`) })}
                />
              ))}
            </div>
            {wanted.length === 0 ? <p className="text-small text-warn">{t("silent")}</p> : null}
          </fieldset>
        ))}
        <div>
          <Button type="submit" size="s">
            {t("save")}
          </Button>
        </div>
      </form>
    </Card>
  );
}
