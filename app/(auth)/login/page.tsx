import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/i18n/client-messages";
import { DemoLogins } from "@/components/identity/demo-logins";
import { LoginForm } from "@/components/identity/login-form";
import { AuthLayout } from "@/components/layout/auth-layout";
import { DEMO_PASSWORD, readDemoLogins } from "@/server/auth/demo-logins";
import { homePath } from "@/server/auth/home-path";
import { pageContext } from "@/server/auth/page-context";
import { safeReturnPath } from "@/server/auth/return-path";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("login");
  return { title: t("title") };
}

export default async function LoginPage({ searchParams }: Props) {
  const [query, ctx, t] = await Promise.all([searchParams, pageContext(), getTranslations("login")]);
  const next = safeReturnPath(typeof query.next === "string" ? query.next : null) ?? "/";
  if (ctx.session.state === "active") redirect(next === "/" ? homePath(ctx.actor) : next);
  if (ctx.session.state === "needs_totp") redirect("/login/second-factor");
  const demoLogins = await readDemoLogins(ctx);
  return (
    <AuthLayout title={t("title")} sub={t("sub")}>
      <ClientMessages namespaces={["login"]}>
        <LoginForm next={next} ended={query.ended === "1"} />
        {demoLogins.length > 0 ? <DemoLogins logins={demoLogins} password={DEMO_PASSWORD} next={next} /> : null}
      </ClientMessages>
    </AuthLayout>
  );
}
