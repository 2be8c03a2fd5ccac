"use client";

import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/blocks/error-state";
import { Button } from "@/components/ui/button";

export default function SectionError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useTranslations("staff.error");
  const ui = useTranslations("ui.error");
  return (
    <div className="card">
      <ErrorState
        happened={t("happened")}
        kept={t("kept")}
        todo={t("todo")}
        {...(error.digest && { code: error.digest })}
        action={
          <Button size="s" onClick={reset}>
            {ui("retry")}
          </Button>
        }
      />
    </div>
  );
}
