import { DataTableLoading } from "@/components/blocks/data-table";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <>
      <Skeleton className="mb-2 h-7 w-44" />
      <Skeleton className="mb-5 w-28" />
      <Skeleton className="mb-4 h-20 w-full" />
      <DataTableLoading rows={8} />
    </>
  );
}
