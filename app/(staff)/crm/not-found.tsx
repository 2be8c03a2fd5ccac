import { useTranslations } from "next-intl";
import { NotFoundCard } from "@/components/blocks/not-found-card";
import { LIST_PATH } from "@/components/subscribers/list-params";

export default function SubscriberNotFound() {
  const t = useTranslations("subscribers.notFound");
  return <NotFoundCard title={t("title")} text={t("text")} action={t("action")} href={LIST_PATH} />;
}
