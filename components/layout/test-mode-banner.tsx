import { FlaskConical } from "lucide-react";
import { useTranslations } from "next-intl";

/** Says that money here is not real. Give it to a shell as `banner` when no payment shop is configured. */
export function TestModeBanner() {
  const t = useTranslations("layout");
  return (
    <p className="flex items-center justify-center gap-2 bg-warn-soft px-4 py-1.5 text-center text-small text-ink">
      <FlaskConical aria-hidden="true" className="size-4 shrink-0 text-warn" />
      <span>{t("testMode")}</span>
    </p>
  );
}
