import { DataTableLoading } from "@/components/blocks/data-table";
import { Skeleton } from "@/components/ui/skeleton";

export default function RemindersLoading() {
  return (
    <>
      <Skeleton className="mb-3 block h-7 w-48" />
      <Skeleton className="mb-5 block h-5 w-80 max-w-full" />
      <DataTableLoading rows={8} />
    </>
  );
}
