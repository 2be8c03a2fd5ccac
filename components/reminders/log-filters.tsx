import Form from "next/form";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { SubmittingSelect } from "@/components/subscribers/submitting-select";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { CHANNELS, MESSAGE_STATES, REMINDER_EVENTS } from "@/server/domain/notifications/constants";
import type { LogParams } from "./list-params";
import { REMINDER_PAGES } from "./reminders-header";

/** What the log is narrowed by, as one form of plain fields that works without JavaScript. */
export function LogFilters({ params: { filter } }: { params: LogParams }) {
  const t = useTranslations("reminders.log");
  const words = useTranslations("reminders");
  const isNarrowed = Object.keys(filter).length > 0;
  const select = "min-w-0 sm:basis-40";
  return (
    <Form
      key={JSON.stringify(filter)}
      action={REMINDER_PAGES.log}
      aria-label={t("filters")}
      className="mb-4 grid grid-cols-2 items-center gap-2 sm:flex sm:flex-wrap"
    >
      <Input
        name="accountNumber"
        size="s"
        defaultValue={filter.accountNumber}
        maxLength={60}
        placeholder={t("account")}
        aria-label={t("account")}
        className="min-w-0 sm:w-40!"
      />
      <SubmittingSelect
        name="state"
        size="s"
        defaultValue={filter.state ?? ""}
        aria-label={t("state")}
        className={select}
        options={[
          { value: "", label: t("anyState") },
          ...MESSAGE_STATES.map((one) => ({ value: one, label: words(`state.${one}`) })),
        ]}
      />
      <SubmittingSelect
        name="channel"
        size="s"
        defaultValue={filter.channel ?? ""}
        aria-label={t("channel")}
        className={select}
        options={[
          { value: "", label: t("anyChannel") },
          ...CHANNELS.map((one) => ({ value: one, label: words(`channel.${one}`) })),
        ]}
      />
      <SubmittingSelect
        name="event"
        size="s"
        defaultValue={filter.event ?? ""}
        aria-label={t("event")}
        className={select}
        options={[
          { value: "", label: t("anyEvent") },
          ...REMINDER_EVENTS.map((one) => ({ value: one, label: words(`event.${one}`) })),
        ]}
      />
      {(["from", "to"] as const).map((name) => (
        <span key={name} className="flex items-center gap-1.5 text-small text-muted">
          <label htmlFor={`log-${name}`}>{t(name)}</label>
          <Input id={`log-${name}`} type="date" name={name} size="s" defaultValue={filter[name]} className="sm:w-36!" />
        </span>
      ))}
      <Button type="submit" size="s">
        {t("find")}
      </Button>
      {isNarrowed ? (
        <Link
          href={REMINDER_PAGES.log}
          className="px-1.5 max-sm:text-center text-small text-muted underline hover:text-ink"
        >
          {t("clear")}
        </Link>
      ) : null}
    </Form>
  );
}
