import type { Params } from "@/components/blocks/table-url";
import { ImpactView } from "@/components/catalog/impact-view";
import type { Proposal } from "@/components/catalog/outputs";
import { api } from "@/server/api/rsc";

/** Counted beside the rest of the page: it prices every subscriber twice. */
export async function ImpactSlot({ proposal, path, from }: { proposal: Proposal; path: string; from: number }) {
  const impact = await (await api()).catalog.impact({ proposalId: proposal.id, from });
  return <ImpactView impact={impact} price={proposal.price} path={path} />;
}

/** Where the list of the affected begins; whatever the address says otherwise is its start. */
export function readFrom({ from }: Params): number {
  const number = Number([from].flat()[0] ?? 0);
  return Number.isInteger(number) && number > 0 && number < 10_000_000 ? number : 0;
}
