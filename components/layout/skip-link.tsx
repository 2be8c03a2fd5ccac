import { useTranslations } from "next-intl";

export const CONTENT_ID = "content";

/** The first stop of the keyboard: over the menu, straight to the page. */
export function SkipLink() {
  const t = useTranslations("layout");
  return (
    <a
      href={`#${CONTENT_ID}`}
      className="fixed top-2 left-2 z-60 -translate-y-20 rounded-control bg-ink px-4 py-2.5 font-medium text-paper focus:translate-y-0"
    >
      {t("skip")}
    </a>
  );
}
