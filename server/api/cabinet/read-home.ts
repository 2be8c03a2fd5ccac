import { type Catalog, readCatalog } from "@/server/domain/catalog";
import { isShut, readPromisedOffer } from "@/server/domain/credit";
import { readAccount, readSupportPhone } from "@/server/domain/crm";
import { listPayments } from "@/server/domain/payments";
import { quotePeriod } from "@/server/domain/rating";
import { type NextCharge, readNextCharge } from "@/server/domain/runs";
import { listScheduledChanges, type ScheduledChangeRow, type SubscriptionRow } from "@/server/domain/subscriptions";
import { type Day, laterDay } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { withSnapshot } from "@/server/platform/snapshot";
import { chooseAccount, readOwnAccounts } from "./own-accounts";
import { readOperations } from "./read-operations";
import { faceOf, plannedPause, readPromises } from "./read-service-face";
import { topUpPresets } from "./top-up-presets";

const LATEST = 5;
/** As long as the provider's payment page lives. */
const OPEN_PAYMENT_MS = 3_600_000;

export interface ConnectedTariff {
  readonly subscriptionId: string;
  readonly tariffId: string;
  readonly nameRu: string;
  readonly nameEn: string;
  readonly kind: string;
  readonly quantity: number;
  readonly downKbps: number | null;
  /** Of a whole period, quantity included. */
  readonly feeMinor: Minor;
  readonly isPersonal: boolean;
  /** Charged for what is used: there is no fee. */
  readonly isUsage: boolean;
  /** Set while it is still to come. */
  readonly startsOn: Day | null;
  readonly endsOn: Day | null;
  /** The tariff that is planned for it. */
  readonly change: {
    readonly tariffId: string;
    readonly nameRu: string;
    readonly nameEn: string;
    readonly effectiveOn: Day;
  } | null;
}

/** Everything the first screen shows, read at one go and as of one moment, with the verbs of every other screen. */
export function readHome(ctx: Context, input: { accountId?: string | undefined }) {
  return withSnapshot(ctx, (snapshot) => homeOf(snapshot, input));
}
export type CabinetHome = Awaited<ReturnType<typeof readHome>>;

async function homeOf(ctx: Context, input: { accountId?: string | undefined }) {
  const { id: accountId } = chooseAccount(await readOwnAccounts(ctx), input.accountId);
  const [owner, money, catalog, promises, changes, latest, [payment], supportPhone] = await Promise.all([
    readAccount(ctx, accountId),
    readNextCharge(ctx, accountId),
    readCatalog(ctx),
    readPromises(ctx, accountId),
    listScheduledChanges(ctx, [accountId]),
    readOperations(ctx, { accountId, limit: LATEST }),
    listPayments(ctx, { accountId, limit: 1 }),
    readSupportPhone(ctx),
  ]);
  const now = ctx.now();
  const service = faceOf(promises, owner.account.closedOn, money, catalog.tariffs);
  const promised = service.kind === "terminated" ? null : await promisedOf(ctx, accountId, money, promises.today);
  return {
    now,
    today: promises.today,
    account: { id: accountId, number: owner.account.number, address: owner.addressLine },
    money,
    presets: topUpPresets(money, promised?.kind === "running" ? promised.owedMinor : 0n),
    service,
    plannedPause: plannedPause(promises),
    promised,
    connected: promises.subscriptions.map((row) =>
      connectedOf(row, changes.get(accountId) ?? [], catalog, promises.today),
    ),
    latest: latest.operations,
    openPayment: openPaymentOf(payment, now),
    supportPhone,
  };
}

/** Asked only where it may matter: the service is shut for money, or runs on credit that ends. */
async function promisedOf(ctx: Context, accountId: string, money: NextCharge, today: Day) {
  const shut = isShut(money, today);
  if (!shut && money.temporaryLimitMinor === 0n) return null;
  const { answer, running, offeredAt, consentRequired } = await readPromisedOffer(ctx, accountId, money);
  if (running) {
    const ownMinor = money.balanceMinor + money.creditLimitMinor;
    return { kind: "running" as const, ...running, owedMinor: ownMinor < 0n ? -ownMinor : 0n };
  }
  return shut ? { ...answer, offeredAt, consentRequired } : null;
}

function connectedOf(
  row: SubscriptionRow,
  changes: readonly ScheduledChangeRow[],
  catalog: Catalog,
  today: Day,
): ConnectedTariff {
  const change = changes.find((one) => one.subscriptionId === row.id);
  const to = change && catalog.tariffs.get(change.toTariffId);
  const { tariff, price, feeMinor, priceVersion } = quotePeriod(row, catalog, laterDay(today, row.startedOn));
  return {
    subscriptionId: row.id,
    tariffId: tariff.id,
    nameRu: tariff.nameRu,
    nameEn: tariff.nameEn,
    kind: tariff.kind,
    quantity: row.quantity,
    downKbps: tariff.downKbps,
    feeMinor,
    isPersonal: priceVersion === null,
    isUsage: price?.chargeMethod === "usage",
    startsOn: row.startedOn > today ? row.startedOn : null,
    endsOn: row.endedOn,
    change:
      change && to ? { tariffId: to.id, nameRu: to.nameRu, nameEn: to.nameEn, effectiveOn: change.effectiveOn } : null,
  };
}

type Payment = Awaited<ReturnType<typeof listPayments>>[number];

/** The latest payment while it may still come to something. */
function openPaymentOf(payment: Payment | undefined, now: Date) {
  if (!payment || now.getTime() - payment.startedAt.getTime() > OPEN_PAYMENT_MS) return null;
  if (payment.state === "pending")
    return { id: payment.id, amountMinor: payment.amountMinor, state: "pending" as const };
  if (payment.state !== "created" && payment.state !== "unknown") return null;
  return { id: payment.id, amountMinor: payment.amountMinor, state: "unknown" as const };
}
