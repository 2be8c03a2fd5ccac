"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { KeyValue, type KeyValueItem } from "@/components/blocks/key-value";
import { formatPhone } from "@/components/i18n/format";
import { useTRPCClient } from "@/components/trpc/context";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ActionDialog } from "./action-dialog";
import type { Profile } from "./outputs";

type Contacts = { phone: string | null; email: string | null };
type Props = { profile: Pick<Profile, "accountId" | "name" | "phoneMasked" | "emailMasked" | "mayReveal"> };

/** Masked until somebody says what for; what was shown leaves with the page. */
export function RevealContacts({ profile }: Props) {
  const t = useTranslations("subscribers.contacts");
  const client = useTRPCClient();
  const [shown, setShown] = useState<Contacts | null>(null);
  const { accountId, name, phoneMasked, emailMasked, mayReveal } = profile;
  const offers = mayReveal && !shown && (phoneMasked ?? emailMasked);

  const button = (
    <button type="button" className="text-muted underline hover:text-ink">
      {t("show")}
    </button>
  );
  const dialog = offers ? (
    <ActionDialog
      trigger={button}
      title={t("revealTitle")}
      text={t("revealText", { name })}
      submit={t("reveal")}
      busy={t("revealing")}
      done={t("shown")}
      run={async (form) => {
        setShown(await client.subscribers.reveal.mutate({ accountId, reason: String(form.get("reason") ?? "") }));
      }}
    >
      <Field label={t("reason")} hint={t("reasonHint")} required>
        {(control) => <Input {...control} name="reason" minLength={3} maxLength={300} autoComplete="off" />}
      </Field>
    </ActionDialog>
  ) : null;

  const none = (text: string) => <span className="text-muted">{text}</span>;
  const phone = shown?.phone ? (
    <a href={`tel:${shown.phone}`} className="underline">
      {formatPhone(shown.phone)}
    </a>
  ) : (
    phoneMasked
  );
  const email = shown?.email ? (
    <a href={`mailto:${shown.email}`} className="underline">
      {shown.email}
    </a>
  ) : (
    emailMasked
  );
  const items: KeyValueItem[] = [
    {
      key: "phone",
      label: t("phone"),
      value: (
        <span className="num flex flex-wrap gap-x-2">
          {phone ?? none(t("none"))}
          {phoneMasked ? dialog : null}
        </span>
      ),
    },
    {
      key: "email",
      label: t("email"),
      value: (
        <span className="flex flex-wrap gap-x-2 break-all">
          {email ?? none(t("noEmail"))}
          {phoneMasked ? null : dialog}
        </span>
      ),
    },
  ];
  return <KeyValue items={items} />;
}
