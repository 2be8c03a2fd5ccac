import { CardLoading } from "@/components/subscribers/card-loading";
import { Skeleton } from "@/components/ui/skeleton";

export default function SettingsLoading() {
  return (
    <>
      <Skeleton className="mb-3 block h-7 w-56" />
      <Skeleton className="mb-5 block h-5 w-80 max-w-full" />
      <div className="grid max-w-5xl gap-3.5">
        <CardLoading rows={6} />
        <CardLoading rows={6} />
      </div>
    </>
  );
}
