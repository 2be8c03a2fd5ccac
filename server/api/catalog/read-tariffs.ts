import { z } from "zod";
import { listPriceProposals, priceOn, readCatalog, TARIFF_KINDS } from "@/server/domain/catalog";
import { readTariffCounts } from "@/server/domain/subscriptions";
import { type Day, dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";

export const TariffFilterInput = z.object({
  query: z.string().trim().max(100).optional(),
  kind: z.enum(TARIFF_KINDS).optional(),
  /** `public`: anyone may have it; `hidden`: only through people of the operator. */
  shown: z.enum(["public", "hidden"]).optional(),
  /** Only what has a price waiting for a second person. */
  waiting: z.boolean().default(false),
});
export type TariffFilterInput = z.input<typeof TariffFilterInput>;

/** The catalog as a list: what a newcomer pays today, what comes next, how many have it, whether a price waits. */
export async function readTariffs(ctx: Context, filter: z.output<typeof TariffFilterInput>) {
  const today = dayIn(ctx.now(), ctx.zone);
  const [catalog, counts, proposals] = await Promise.all([
    readCatalog(ctx),
    readTariffCounts(ctx),
    listPriceProposals(ctx, { state: "proposed" }),
  ]);
  const waiting = new Map(proposals.map((proposal) => [proposal.tariffId, proposal]));
  const query = filter.query?.toLowerCase() ?? "";
  const rows = [...catalog.tariffs.values()]
    .filter((tariff) => filter.kind === undefined || tariff.kind === filter.kind)
    .filter((tariff) => filter.shown === undefined || tariff.isPublic === (filter.shown === "public"))
    .filter((tariff) => !filter.waiting || waiting.has(tariff.id))
    .filter(({ code, nameRu, nameEn }) => [code, nameRu, nameEn].some((word) => word.toLowerCase().includes(query)))
    .map((tariff) => {
      const proposal = waiting.get(tariff.id);
      return {
        id: tariff.id,
        code: tariff.code,
        nameRu: tariff.nameRu,
        nameEn: tariff.nameEn,
        kind: tariff.kind,
        downKbps: tariff.downKbps,
        boostHours: tariff.boostHours,
        isPublic: tariff.isPublic,
        status: tariff.status,
        subscribers: counts.get(tariff.id) ?? 0,
        versions: tariff.prices.length,
        now: priceOn(tariff.prices, today, today),
        next: nextOf(tariff.prices, today),
        proposal: proposal ? { id: proposal.id, proposerName: proposal.proposerName, isOwn: proposal.isOwn } : null,
      };
    });
  return { today, rows, waiting: waiting.size, total: catalog.tariffs.size };
}

/** The nearest version that begins for somebody after today. */
function nextOf<P extends { newFrom: Day; existingFrom: Day | null }>(prices: readonly P[], today: Day) {
  return prices
    .flatMap((price) =>
      [price.newFrom, price.existingFrom].flatMap((on) => (on !== null && on > today ? [{ price, on }] : [])),
    )
    .reduce<{ price: P; on: Day } | null>((soonest, one) => (soonest && soonest.on <= one.on ? soonest : one), null);
}

/** One tariff with every version, what was proposed for it, and the tariffs that stand beside it. */
export async function readTariff(ctx: Context, tariffId: string) {
  const [catalog, counts, proposals] = await Promise.all([
    readCatalog(ctx),
    readTariffCounts(ctx),
    listPriceProposals(ctx, { tariffId }),
  ]);
  const tariff = catalog.tariffs.get(tariffId);
  if (!tariff) throw new DomainError("not_found", "tariff.not_found");
  const today = dayIn(ctx.now(), ctx.zone);
  return {
    today,
    tariff: { ...tariff, prices: tariff.prices.toReversed() },
    /** What a newcomer pays today. */
    now: priceOn(tariff.prices, today, today),
    subscribers: counts.get(tariffId) ?? 0,
    bundles: catalog.bundles.filter((bundle) => bundle.parts.some((part) => part.tariffId === tariffId)),
    proposals,
  };
}
