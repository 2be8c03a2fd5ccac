import { Loading, Skeleton } from "@/components/ui/skeleton";

/** The loading face of a card, of about its height. */
export function CardLoading({ rows, label }: { rows: number; label?: string }) {
  return (
    <Loading className="card block p-4" {...(label && { label })}>
      <Skeleton className="mb-4 w-40" />
      {Array.from({ length: rows }, (_, index) => `row-${index}`).map((key, index) => (
        <Skeleton key={key} className={index % 2 === 0 ? "mb-3 w-full" : "mb-3 w-3/4"} />
      ))}
    </Loading>
  );
}
