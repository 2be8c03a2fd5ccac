import type { ReactNode } from "react";

/**
 * The work on the left, who it is about on the right. Where there is one column the two are told in turn: the network
 * first, then the person, then the long stories.
 */
export function TwoColumns({ main, side }: { main: ReactNode; side: ReactNode }) {
  return (
    <div className="grid items-start gap-3.5 xl:grid-cols-[minmax(0,1fr)_minmax(22rem,26rem)]">
      <div className="min-w-0 gap-3.5 max-xl:contents max-xl:[&>:first-child]:-order-1 xl:grid">{main}</div>
      <div className="min-w-0 gap-3.5 max-xl:-order-1 max-xl:grid xl:grid">{side}</div>
    </div>
  );
}
