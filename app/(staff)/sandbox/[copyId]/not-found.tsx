import { useTranslations } from "next-intl";
import { NotFoundCard } from "@/components/blocks/not-found-card";
import { SANDBOX_PATH } from "@/components/sandbox/outputs";

export default function CopyNotFound() {
  const t = useTranslations("sandbox.notFound");
  return <NotFoundCard title={t("title")} text={t("text")} action={t("action")} href={SANDBOX_PATH} />;
}
