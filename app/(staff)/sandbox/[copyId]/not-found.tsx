import Link from "next/link";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/blocks/empty-state";
import { SANDBOX_PATH } from "@/components/sandbox/outputs";
import { buttonStyle } from "@/components/ui/button-style";

export default function CopyNotFound() {
  const t = useTranslations("sandbox.notFound");
  return (
    <div className="card">
      <EmptyState
        title={<h1>{t("title")}</h1>}
        text={t("text")}
        action={
          <Link href={SANDBOX_PATH} className={buttonStyle({ size: "s" })}>
            {t("action")}
          </Link>
        }
      />
    </div>
  );
}
