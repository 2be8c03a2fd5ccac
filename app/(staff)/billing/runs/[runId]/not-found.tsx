import Link from "next/link";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/blocks/empty-state";
import { PageHeader } from "@/components/blocks/page-header";
import { RUNS_PATH } from "@/components/runs/run-params";
import { buttonStyle } from "@/components/ui/button-style";

export default function RunNotFound() {
  const t = useTranslations("runs.page.notFound");
  return (
    <>
      <PageHeader title={t("title")} />
      <div className="card">
        <EmptyState
          title={t("text")}
          action={
            <Link href={RUNS_PATH} className={buttonStyle({ size: "s" })}>
              {t("action")}
            </Link>
          }
        />
      </div>
    </>
  );
}
