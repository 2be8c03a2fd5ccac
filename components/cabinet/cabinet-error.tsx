"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { startTransition } from "react";
import { ErrorState } from "@/components/blocks/error-state";
import { Button } from "@/components/ui/button";

type Props = { retry: () => void; code?: string };

/** A page of the cabinet that could not be shown, inside the frame that still works. */
export function CabinetError({ retry, code }: Props) {
  const t = useTranslations("cabinet.error");
  const router = useRouter();
  const again = () =>
    startTransition(() => {
      router.refresh();
      retry();
    });
  return (
    <ErrorState
      className="card"
      happened={t("happened")}
      kept={t("kept")}
      todo={t("todo")}
      action={<Button onClick={again}>{t("retry")}</Button>}
      {...(code && { code })}
    />
  );
}
