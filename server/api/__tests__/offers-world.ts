import { proposePrice, publishBundle, publishPromoCode, publishTariffs } from "@/server/domain/catalog";
import { addTerminal } from "@/server/domain/payments";
import { agreeDiscount, startSubscriptions } from "@/server/domain/subscriptions";
import type { Context } from "@/server/platform/context";
import type { World } from "@/server/scenarios/world";
import type { SharedThing } from "./access-calls";

const NEVER_YET = "2090-01-01";

/** Things of the operator that procedures name, made when they are asked about; `second` is somebody who proposes prices. */
export async function offersWorld(world: World, second: Context) {
  let made = 0;
  const { ctx } = world;
  await publishPromoCode(ctx, {
    code: "ACCESS",
    percentBp: 100,
    validFrom: world.today(),
    perCustomerLimit: 100,
  });

  async function option(boostHours: number | null): Promise<string> {
    made += 1;
    const [tariff] = await publishTariffs(ctx, [
      {
        code: `option-${made}`,
        nameRu: `Опция ${made}`,
        nameEn: `Option ${made}`,
        kind: "option",
        revenueCode: "revenue:option",
        boostHours,
        ...(boostHours !== null && { downKbps: 1_000_000, upKbps: 1_000_000 }),
        price: { newFrom: "2020-01-01", feeMinor: 0n, chargeMethod: boostHours === null ? "monthly" : "one_off" },
      },
    ]);
    return tariff?.tariffId ?? "";
  }

  const parts = async () => [
    { tariffId: await world.tariff(), discountBp: 500 },
    { tariffId: await world.tariff(), discountBp: 500 },
  ];
  const word = () => {
    made += 1;
    return `word-${made}`;
  };
  async function propose(author: Context): Promise<string> {
    const { proposalId } = await proposePrice(author, {
      tariffId: await world.tariff(),
      newFrom: NEVER_YET,
      feeMinor: 700_00n,
    });
    return proposalId;
  }

  const makers: Record<SharedThing, (asker: Context) => Promise<unknown>> = {
    tariff: () => world.tariff(),
    addOn: () => option(null),
    boost: () => option(24),
    parts,
    word: async () => word(),
    bundle: async () => {
      const named = { code: word(), nameRu: "Пакет", nameEn: "Bundle", validFrom: NEVER_YET };
      return (await publishBundle(ctx, { ...named, parts: await parts() })).bundleId;
    },
    promoCode: async () =>
      (await publishPromoCode(ctx, { code: word(), percentBp: 100, validFrom: world.today() })).promoCodeId,
    terminal: async () => {
      const named = { code: word(), name: "Kiosk", protocol: "osmp" as const, networks: ["192.0.2.7"] };
      return (await addTerminal(world.asStaff("admin"), named)).terminalId;
    },
    proposal: () => propose(second),
    ownProposal: (asker) => propose(asker),
  };

  return {
    make: (thing: SharedThing, asker: Context) => makers[thing](asker),
    /** A discount, an addition, and a subscription that no block will hold. */
    async ofAccount(accountId: string, tariffId: string) {
      const startedOn = world.today();
      const { discountId } = await agreeDiscount(ctx, {
        requestKey: ctx.newId(),
        accountId,
        label: "test",
        percentBp: 100,
        validFrom: startedOn,
      });
      const [, addOn] = await startSubscriptions(ctx, [
        { accountId, tariffId, startedOn },
        { accountId, tariffId: await option(null), startedOn },
      ]);
      return { discountId, addOnId: addOn?.subscriptionId ?? "" };
    },
  };
}
