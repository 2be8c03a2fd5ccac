import {
  changeTerms,
  comparedOn,
  listPromoCodes,
  priceOn,
  readCatalog,
  readChangeMatrix,
} from "@/server/domain/catalog";
import { dayIn } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";

const nameOf = ({ id, code, nameRu, nameEn, kind }: Named) => ({ id, code, nameRu, nameEn, kind });
interface Named {
  readonly id: string;
  readonly code: string;
  readonly nameRu: string;
  readonly nameEn: string;
  readonly kind: string;
}

/** Bundles, in force and to come first, with the names of their parts; and what a bundle may be made of. */
export async function readBundles(ctx: Context) {
  const today = dayIn(ctx.now(), ctx.zone);
  const { bundles, tariffs } = await readCatalog(ctx);
  const named = bundles.map((bundle) => ({
    ...bundle,
    isOver: bundle.validTo !== null && bundle.validTo <= today,
    parts: bundle.parts.flatMap(({ tariffId, discountBp }) => {
      const tariff = tariffs.get(tariffId);
      return tariff ? [{ ...nameOf(tariff), discountBp }] : [];
    }),
  }));
  return {
    today,
    bundles: named.sort((a, b) => Number(a.isOver) - Number(b.isOver) || (a.validFrom < b.validFrom ? 1 : -1)),
    tariffs: [...tariffs.values()].filter((tariff) => tariff.boostHours === null).map(nameOf),
  };
}

export async function readPromoCodes(ctx: Context) {
  const today = dayIn(ctx.now(), ctx.zone);
  const [codes, { tariffs }] = await Promise.all([listPromoCodes(ctx), readCatalog(ctx)]);
  const stateOf = (code: (typeof codes)[number]) =>
    code.validTo !== null && code.validTo <= today
      ? ("over" as const)
      : code.totalLimit !== null && code.redeemed >= code.totalLimit
        ? ("used_up" as const)
        : code.validFrom > today
          ? ("to_come" as const)
          : ("in_force" as const);
  return {
    today,
    codes: codes.map(({ tariffIds, ...code }) => ({
      ...code,
      state: stateOf(code as (typeof codes)[number]),
      tariffs: tariffIds.flatMap((id) => {
        const tariff = tariffs.get(id);
        return tariff ? [nameOf(tariff)] : [];
      }),
    })),
    tariffs: [...tariffs.values()].filter((tariff) => tariff.boostHours === null).map(nameOf),
  };
}

/**
 * The matrix with the tariffs that are changed for each other, what a month of each costs a newcomer, and what the rule says
 * of every pair of one kind.
 */
export async function readChanges(ctx: Context) {
  const today = dayIn(ctx.now(), ctx.zone);
  const [matrix, { tariffs }] = await Promise.all([readChangeMatrix(ctx), readCatalog(ctx)]);
  const changeable = [...tariffs.values()].filter((tariff) => tariff.kind !== "option");
  const compared = changeable.map((tariff) => comparedOn(tariff, today));
  return {
    today,
    matrix,
    tariffs: changeable.map((tariff, index) => {
      const from = compared[index];
      const price = priceOn(tariff.prices, today, today);
      return {
        ...nameOf(tariff),
        feeMinor: price?.feeMinor ?? null,
        periodMonths: price?.periodMonths ?? 1,
        terms: compared.flatMap((to) =>
          from && to !== from && to.kind === from.kind
            ? [{ toTariffId: to.tariffId, ...changeTerms(from, to, matrix) }]
            : [],
        ),
      };
    }),
  };
}
