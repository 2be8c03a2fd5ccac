import { useTranslations } from "next-intl";
import { NotFoundCard } from "@/components/blocks/not-found-card";
import { RUNS_PATH } from "@/components/runs/run-params";

export default function RunNotFound() {
  const t = useTranslations("runs.page.notFound");
  return <NotFoundCard title={t("title")} text={t("text")} action={t("action")} href={RUNS_PATH} />;
}
