import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/blocks/page-header";
import { TextLink } from "@/components/blocks/text-link";
import { formatDay } from "@/components/i18n/format-date";
import { ClockCard } from "@/components/sandbox/clock-card";
import { DropDialog, PayDialog, ResetDialog } from "@/components/sandbox/copy-actions";
import { CopyStats } from "@/components/sandbox/copy-stats";
import { MonthsCard } from "@/components/sandbox/months-card";
import { SANDBOX_PATH } from "@/components/sandbox/outputs";
import { CopyPaymentsCard } from "@/components/sandbox/payments-card";
import { CopyServicesCard } from "@/components/sandbox/services-card";
import { TimelineCard } from "@/components/sandbox/timeline-card";
import { TwoColumns } from "@/components/subscribers/two-columns";
import { requirePage } from "@/server/auth/require-page";
import { readCopy } from "./_components/read-copy";

type Props = { params: Promise<{ copyId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requirePage("sandbox:use");
  const [{ copyId }, t] = await Promise.all([params, getTranslations("sandbox.header")]);
  return { title: t("title", { ordinal: (await readCopy(copyId)).ordinal }) };
}

export default async function CopyPage({ params }: Props) {
  await requirePage("sandbox:use");
  const [{ copyId }, t, locale] = await Promise.all([params, getTranslations("sandbox.header"), getLocale()]);
  const copy = await readCopy(copyId);
  return (
    <>
      <PageHeader
        back={{ href: SANDBOX_PATH, label: t("back") }}
        title={t("title", { ordinal: copy.ordinal })}
        sub={
          <span className="num flex flex-wrap items-center gap-x-1.5">
            {t("account", { number: copy.accountNumber })}
            <span aria-hidden="true">·</span>
            {t("copied", { day: formatDay(copy.copiedOn, locale) })}
            <span aria-hidden="true">·</span>
            <TextLink href={`/crm/${copy.sourceAccountId}`}>{t("source")}</TextLink>
          </span>
        }
        actions={
          <>
            <DropDialog copyId={copyId} />
            <ResetDialog copyId={copyId} />
            <PayDialog copyId={copyId} clockOn={copy.clockOn} />
          </>
        }
      />
      <ClockCard copyId={copyId} clockOn={copy.clockOn} />
      <CopyStats copy={copy} />
      <TwoColumns
        main={
          <>
            <MonthsCard copy={copy} />
            <TimelineCard copy={copy} />
          </>
        }
        side={
          <>
            <CopyServicesCard subscriptions={copy.subscriptions} />
            <CopyPaymentsCard payments={copy.payments} />
          </>
        }
      />
    </>
  );
}
