import { useTranslations } from "next-intl";
import { Loading, Skeleton } from "@/components/ui/skeleton";

export function PageLoading() {
  const t = useTranslations("cabinet");
  return (
    <Loading label={t("loading")} className="grid gap-3">
      <Skeleton className="h-7 w-44" />
      <Skeleton className="mb-2 w-64 max-w-full" />
      {["a", "b"].map((card) => (
        <span key={card} className="card grid gap-4 p-4">
          <Skeleton className="w-40" />
          <Skeleton />
          <Skeleton className="w-3/4" />
        </span>
      ))}
    </Loading>
  );
}
