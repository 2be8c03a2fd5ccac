import { useLocale, useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { KeyValue } from "@/components/blocks/key-value";
import { PageHeader } from "@/components/blocks/page-header";
import { formatPhone } from "@/components/i18n/format";
import { formatDay } from "@/components/i18n/format-date";
import { Preferences } from "@/components/layout/preferences";
import { Card, CardHeader } from "@/components/ui/card";
import type { CabinetProfile } from "./cabinet-types";
import { DeviceList } from "./device-list";
import { ReminderChoices } from "./reminder-choices";

type Props = Omit<ComponentProps<typeof DeviceList>, "now"> & {
  profile: CabinetProfile;
  saveReminders: ComponentProps<typeof ReminderChoices>["save"];
  remindersSaved: boolean;
};

/** Who one is to the operator, what one is told of, where one is signed in, and how the cabinet looks. */
export function ProfileView({ profile, saveReminders, remindersSaved, ...devices }: Props) {
  const t = useTranslations("cabinet.profile");
  return (
    <>
      <PageHeader title={t("title")} />
      <div className="grid gap-3 lg:grid-cols-2 lg:items-start lg:gap-3.5">
        <ContractCard profile={profile} />
        <Card aria-labelledby="appearance" className="pb-4">
          <CardHeader id="appearance" title={t("appearance")} sub={t("appearanceText")} />
          <div className="px-4">
            <Preferences />
          </div>
        </Card>
        <div className="min-w-0 lg:col-span-2">
          <ReminderChoices
            accountId={profile.accountId}
            reminders={profile.reminders}
            save={saveReminders}
            isSaved={remindersSaved}
          />
        </div>
        <div className="min-w-0 lg:col-span-2">
          <DeviceList {...devices} now={profile.now} />
        </div>
      </div>
    </>
  );
}

function ContractCard({ profile }: { profile: CabinetProfile }) {
  const t = useTranslations("cabinet.profile");
  const locale = useLocale();
  const { customerName, contractNumber, signedOn, terminatedOn, accountNumber, address, phone, email } = profile;
  return (
    <Card aria-labelledby="contract" className="pb-4">
      <CardHeader id="contract" title={t("contract")} />
      <KeyValue
        className="px-4"
        items={[
          { key: "owner", label: t("owner"), value: customerName },
          { key: "number", label: t("contractNumber"), value: <span className="num">{contractNumber}</span> },
          { key: "signed", label: t("signedOn"), value: formatDay(signedOn, locale) },
          ...(terminatedOn
            ? [{ key: "terminated", label: t("terminatedOn"), value: formatDay(terminatedOn, locale) }]
            : []),
          { key: "account", label: t("account"), value: <span className="num">{accountNumber}</span> },
          { key: "address", label: t("address"), value: address ?? t("unset") },
          {
            key: "phone",
            label: t("phone"),
            value: phone ? <span className="num">{formatPhone(phone)}</span> : t("unset"),
          },
          { key: "email", label: t("email"), value: email ? <span className="break-all">{email}</span> : t("unset") },
        ]}
      />
    </Card>
  );
}
