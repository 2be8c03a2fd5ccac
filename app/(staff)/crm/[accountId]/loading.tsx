import { useTranslations } from "next-intl";
import { CardLoading } from "@/components/subscribers/card-loading";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  const t = useTranslations("subscribers");
  return (
    <>
      <Skeleton className="mb-2 h-7 w-64" />
      <Skeleton className="mb-5 w-48" />
      <div className="grid gap-3.5">
        <CardLoading rows={1} label={t("loading")} />
        <CardLoading rows={4} />
        <CardLoading rows={6} />
      </div>
    </>
  );
}
