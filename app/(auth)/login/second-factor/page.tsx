import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/i18n/client-messages";
import { SignOutForm } from "@/components/identity/sign-out-form";
import { TotpSetup } from "@/components/identity/totp-setup";
import { AuthLayout } from "@/components/layout/auth-layout";
import { TrpcProvider } from "@/components/trpc/provider";
import { homePath } from "@/server/auth/home-path";
import { pageContext } from "@/server/auth/page-context";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("session.totp");
  return { title: t("title") };
}

/** For staff: by their own wish on a live session, or because the operator demands it before anything else. */
export default async function SecondFactorPage() {
  const [{ session, actor }, t] = await Promise.all([pageContext(), getTranslations("session.totp")]);
  const waits = session.state === "needs_totp";
  const mayBegin = session.state === "active" && session.actor.role !== "subscriber" && !session.hasTotp;
  if (!waits && !mayBegin) redirect(homePath(actor));
  return (
    <AuthLayout title={t("title")} sub={waits ? t("required") : t("sub")}>
      <ClientMessages namespaces={["session"]}>
        <TrpcProvider>
          <TotpSetup next="/" />
        </TrpcProvider>
      </ClientMessages>
      <SignOutForm className="justify-self-start" />
    </AuthLayout>
  );
}
