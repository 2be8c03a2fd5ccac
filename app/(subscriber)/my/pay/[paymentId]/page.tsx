import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/i18n/client-messages";
import { PaymentLive } from "@/components/payments/payment-live";
import { TrpcProvider } from "@/components/trpc/provider";
import { api, orNotFound } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";

type Props = { params: Promise<{ paymentId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("payments.progress"))("label") };
}

export default async function PaymentPage({ params }: Props) {
  await requirePage("cabinet:home");
  const [{ paymentId }, caller] = await Promise.all([params, api()]);
  const progress = await orNotFound(caller.payments.read({ paymentId }));
  return (
    <TrpcProvider>
      {progress.outcome === "waiting" ? (
        <noscript>
          <meta httpEquiv="refresh" content="4" />
        </noscript>
      ) : null}
      <ClientMessages namespaces={["payments"]}>
        <PaymentLive initial={progress} />
      </ClientMessages>
    </TrpcProvider>
  );
}
