import { useTranslations } from "next-intl";
import { CopyId } from "@/components/blocks/copy-id";
import { KeyValue } from "@/components/blocks/key-value";
import { Card, CardHeader } from "@/components/ui/card";
import { AccessDialog } from "./access-dialog";
import type { Profile } from "./outputs";
import { RevealContacts } from "./reveal-contacts";

/** Who this is. Nothing here is whole that could be misused; the rest is one reason away. */
export function ContactCard({ profile }: { profile: Profile }) {
  const t = useTranslations("subscribers.contacts");
  const kinds = useTranslations("subscribers.kind");
  const access = useTranslations("subscribers.access");
  return (
    <Card>
      <CardHeader title={t("title")} />
      <div className="grid gap-1.5 px-4 pb-4">
        <KeyValue
          items={[
            { key: "kind", label: t("kind"), value: kinds(profile.kind) },
            {
              key: "address",
              label: t("address"),
              value: profile.address ?? <span className="text-muted">{t("noAddress")}</span>,
            },
            ...(profile.inn
              ? [{ key: "inn", label: t("inn"), value: <CopyId value={profile.inn} what={t("inn")} /> }]
              : []),
          ]}
        />
        <RevealContacts profile={profile} />
        <KeyValue items={[{ key: "access", label: access("label"), value: <Access profile={profile} /> }]} />
      </div>
    </Card>
  );
}

function Access({ profile }: { profile: Profile }) {
  const t = useTranslations("subscribers.access");
  return (
    <span className="flex flex-wrap gap-x-2">
      {profile.hasLogin ? t("has") : <span className="text-muted">{t("hasNot")}</span>}
      {profile.mayIssueLogin ? <AccessDialog profile={profile} /> : null}
    </span>
  );
}
