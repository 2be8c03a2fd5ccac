import { getLocale, getTimeZone, getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/blocks/page-header";
import { ClientMessages } from "@/components/i18n/client-messages";
import { formatInstant } from "@/components/i18n/format-date";
import { DoorCard } from "@/components/links/door-card";
import { LedgerCard } from "@/components/links/ledger-card";
import { LinkCard } from "@/components/links/link-card";
import { LinkMapDrawing } from "@/components/links/link-map";
import { Refresher } from "@/components/links/refresher";
import { TrpcProvider } from "@/components/trpc/provider";
import { Card } from "@/components/ui/card";
import { api } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { may } from "@/server/domain/identity";

const REFRESH_MS = 5_000;

export async function generateMetadata() {
  return { title: (await getTranslations("links"))("title") };
}

export default async function LinksPage() {
  const ctx = await requirePage("link:read");
  const [map, t, locale, zone] = await Promise.all([
    api().then((call) => call.links.map()),
    getTranslations("links"),
    getLocale(),
    getTimeZone(),
  ]);
  const now = ctx.now();
  const mayRetry = may(ctx.actor, "link:retry");
  const inStep = map.links.filter((link) => link.state === "in_step").length;
  return (
    <TrpcProvider>
      <ClientMessages namespaces={["links"]}>
        <PageHeader
          title={t("title")}
          sub={`${t("summary", { links: map.links.length, inStep })} · ${t("asOf", { at: formatInstant(now, now, locale, zone) })}`}
        />
        <Refresher everyMs={REFRESH_MS} />
        <div className="grid items-start gap-3.5 xl:grid-cols-[1.5fr_1fr]">
          <div className="grid gap-3.5">
            <Card className="p-2 max-md:hidden">
              <LinkMapDrawing map={map} now={now} />
            </Card>
            <LedgerCard map={map} now={now} mayCheck={may(ctx.actor, "ledger:prove") && mayRetry} />
            <DoorCard doors={map.doors} now={now} mayOpen={may(ctx.actor, "terminal:read")} />
          </div>
          <Card>
            {map.links.map((link) => (
              <LinkCard key={link.name} link={link} now={now} mayRetry={mayRetry} />
            ))}
          </Card>
        </div>
      </ClientMessages>
    </TrpcProvider>
  );
}
