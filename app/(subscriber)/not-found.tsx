import { useTranslations } from "next-intl";
import { NotFoundCard } from "@/components/blocks/not-found-card";

/** Another's and missing look the same. */
export default function CabinetNotFound() {
  const t = useTranslations("errors.notFound");
  return <NotFoundCard title={t("title")} text={t("text")} action={t("home")} href="/my" />;
}
