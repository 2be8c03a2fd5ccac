import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonStyle } from "@/components/ui/button-style";
import { Mark } from "@/components/ui/mark";

export default function NotFound() {
  const t = useTranslations("errors.notFound");
  return (
    <main className="mx-auto grid min-h-dvh max-w-md content-center justify-items-start gap-3 px-5">
      <Mark className="size-14 text-signal" />
      <h1 className="text-title font-semibold">{t("title")}</h1>
      <p className="text-muted">{t("text")}</p>
      <Link href="/" className={buttonStyle({ kind: "primary", className: "mt-2" })}>
        {t("home")}
      </Link>
    </main>
  );
}
