import { useTranslations } from "next-intl";
import { Loading, Skeleton } from "@/components/ui/skeleton";

/** About as tall as what is coming, so that nothing jumps. */
export function HomeLoading() {
  const t = useTranslations("cabinet");
  return (
    <Loading label={t("loading")} className="grid gap-3">
      <noscript>
        <p className="card p-4">
          {t("noScript")}{" "}
          <a href="/my/pay" className="underline underline-offset-3">
            {t("nav.pay")}
          </a>
        </p>
      </noscript>
      <span className="block h-[21rem] rounded-hero bg-night p-5">
        <Skeleton className="w-20 bg-night-line" />
        <Skeleton className="mt-3 h-12 w-52 bg-night-line" />
        <Skeleton className="mt-4 w-72 max-w-full bg-night-line" />
      </span>
      <span className="card block p-4">
        <Skeleton className="w-48" />
        <Skeleton className="mt-2 w-64 max-w-full" />
      </span>
      <span className="card block p-4">
        <Skeleton className="w-40" />
        <Skeleton className="mt-4" />
        <Skeleton className="mt-4" />
        <Skeleton className="mt-4 w-2/3" />
      </span>
    </Loading>
  );
}
