import { useLocale, useTranslations } from "next-intl";
import { CopyId } from "@/components/blocks/copy-id";
import { PageHeader } from "@/components/blocks/page-header";
import { formatDay } from "@/components/i18n/format-date";
import { CopyDialog } from "@/components/sandbox/copy-dialog";
import { AccountStateBadge } from "./account-state";
import { LIST_PATH } from "./list-params";
import type { Profile } from "./outputs";
import { PaymentLinkDialog } from "./payment-link-dialog";

type Props = { profile: Profile; recommendedMinor: bigint; mayPay: boolean; maySandbox: boolean };

/** Who is on the line, in one glance. */
export function SubscriberHeader({ profile, recommendedMinor, mayPay, maySandbox }: Props) {
  const t = useTranslations("subscribers.header");
  const locale = useLocale();
  const { accountId, accountNumber, contractNumber, openedOn, closedOn } = profile;
  return (
    <PageHeader
      back={{ href: LIST_PATH, label: t("back") }}
      title={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {profile.name}
          <span className="text-[0.875rem] leading-normal font-normal tracking-normal">
            <AccountStateBadge state={profile.state} />
          </span>
        </span>
      }
      sub={
        <span className="num flex flex-wrap items-center gap-x-1.5">
          {t.rich("accountCopy", { number: () => <CopyId value={accountNumber} what={t("accountNumber")} /> })}
          <span aria-hidden="true">·</span>
          {t("contract", { number: contractNumber })}
          <span aria-hidden="true">·</span>
          {closedOn
            ? t("left", { day: formatDay(closedOn, locale) })
            : t("since", { day: formatDay(openedOn, locale) })}
        </span>
      }
      actions={
        <>
          {maySandbox ? <CopyDialog accountId={accountId} /> : null}
          {mayPay ? (
            <PaymentLinkDialog
              accountId={accountId}
              accountNumber={accountNumber}
              recommendedMinor={recommendedMinor}
              // Who left may still pay what they owe; it is not what one comes to their page for.
              kind={profile.state === "terminated" ? "secondary" : "primary"}
            />
          ) : null}
        </>
      }
    />
  );
}
