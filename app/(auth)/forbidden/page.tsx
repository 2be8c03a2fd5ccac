import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { SignOutForm } from "@/components/identity/sign-out-form";
import { AuthLayout } from "@/components/layout/auth-layout";
import { buttonStyle } from "@/components/ui/button";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("session.forbidden");
  return { title: t("title") };
}

export default async function ForbiddenPage() {
  const t = await getTranslations("session.forbidden");
  return (
    <AuthLayout title={t("title")} sub={t("text")}>
      <div className="flex flex-wrap items-center gap-2">
        <Link href="/" className={buttonStyle({ kind: "primary" })}>
          {t("home")}
        </Link>
        <SignOutForm />
      </div>
    </AuthLayout>
  );
}
