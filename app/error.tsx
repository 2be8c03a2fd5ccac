"use client";

import { useTranslations } from "next-intl";
import { buttonStyle } from "@/components/ui/button-style";
import { Mark } from "@/components/ui/mark";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ error, reset }: Props) {
  const t = useTranslations("errors.page");
  return (
    <main className="mx-auto grid min-h-[70dvh] max-w-md content-center justify-items-start gap-3 px-5 py-10">
      <Mark className="size-14 text-signal" />
      <h1 className="text-title font-semibold">{t("title")}</h1>
      <div role="alert" className="grid gap-2 text-muted">
        <p>{t("happened")}</p>
        <p>{t("kept")}</p>
        <p>{t("todo")}</p>
      </div>
      {error.digest ? <p className="id text-muted">{t("code", { digest: error.digest })}</p> : null}
      <div className="mt-2 flex flex-wrap gap-2">
        <button type="button" onClick={reset} className={buttonStyle({ kind: "primary" })}>
          {t("retry")}
        </button>
        <a href="/" className={buttonStyle({})}>
          {t("home")}
        </a>
      </div>
    </main>
  );
}
