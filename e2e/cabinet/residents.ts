import { randomInt, randomUUID } from "node:crypto";
import type { BrowserContext, Page } from "@playwright/test";
import { type Database, openDatabase } from "@/db/open-database";
import { publishPromoCode, publishTariffs } from "@/server/domain/catalog";
import { openAccounts, registerSubscribers, setUpOperator } from "@/server/domain/crm";
import { createUser } from "@/server/domain/identity";
import { readBalance } from "@/server/domain/ledger";
import { listPayments, recordPayments } from "@/server/domain/payments";
import { createService, readServices, refreshServices } from "@/server/domain/provisioning";
import { billAccounts, readNextCharge } from "@/server/domain/runs";
import { placeBlock, startSubscriptions } from "@/server/domain/subscriptions";
import { dayIn } from "@/server/kernel/day";
import { type Context, createContext } from "@/server/platform/context";
import { stack } from "../fixtures/stack";

export const PASSWORD = "correct horse battery";
const ZONE = "Europe/Moscow";

export interface Resident {
  readonly customerId: string;
  readonly accountId: string;
  readonly accountNumber: string;
  readonly phone: string;
  /** What the network knows the line by. */
  readonly line: { readonly login: string; readonly secret: string };
  readonly tariffName: string;
  readonly downKbps: number;
}

const digits = (count: number) =>
  randomInt(10 ** count)
    .toString()
    .padStart(count, "0");

/** Subscribers of the running product, made by its own verbs; everything is drawn, so that specs never meet. */
export class Residents {
  private readonly database: Database = openDatabase(stack().database.app, { max: 2, name: "uzel e2e cabinet" });
  private readonly ctx: Context = createContext({
    db: this.database.db,
    actor: { kind: "job", name: "e2e" },
    zone: ZONE,
  });

  /** Connected today; with less money than the fee they are closed for it before this returns. */
  async resident({ paidMinor = 0n, feeMinor = 650_00n, name = "Плотников Игорь Андреевич" } = {}): Promise<Resident> {
    const { ctx } = this;
    const today = dayIn(ctx.now(), ZONE);
    const accountNumber = `6${digits(8)}`;
    const phone = `+7977${digits(7)}`;
    const tariffName = `«Дом ${accountNumber.slice(-4)}»`;
    const downKbps = 300_000;
    await setUpOperator(ctx, { name: "ООО «Проверка»", zone: ZONE, supportPhone: "+78001234567" });
    const [person] = await registerSubscribers(ctx, [
      {
        kind: "person",
        name,
        phone,
        contractNumber: `К-${accountNumber}`,
        accountNumber,
        openedOn: today,
        address: { city: "Пермь", street: "ул. Лесная", house: "14", flat: "37" },
      },
    ]);
    const [tariff] = await publishTariffs(ctx, [
      {
        code: `cab-${accountNumber}`,
        nameRu: tariffName,
        nameEn: `Home ${accountNumber.slice(-4)}`,
        kind: "internet",
        downKbps,
        upKbps: downKbps,
        revenueCode: "revenue:internet",
        price: { newFrom: "2020-01-01", feeMinor, prorationStart: "none" },
      },
    ]);
    if (!person || !tariff) throw new Error("the verbs answered nothing");
    const { accountId, customerId } = person;
    if (paidMinor > 0n) await this.pay(accountId, paidMinor);
    const [subscription] = await startSubscriptions(ctx, [{ accountId, tariffId: tariff.tariffId, startedOn: today }]);
    if (!subscription) throw new Error("the verb answered nothing");
    await billAccounts(ctx, { accountIds: [accountId] });
    const line = { login: `line${accountNumber}`, secret: `s${randomUUID()}` };
    await createService(ctx, { accountId, subscriptionId: subscription.subscriptionId, ...line });
    await refreshServices(ctx, { accountIds: [accountId] });
    await createUser(ctx, {
      role: "subscriber",
      displayName: name,
      customerId,
      password: PASSWORD,
      identifiers: [{ kind: "phone", value: phone }],
    });
    return { customerId, accountId, accountNumber, phone, line, tariffName, downKbps };
  }

  /** Another account under the same customer, without services. */
  async secondAccount({ customerId }: Resident): Promise<{ accountId: string; accountNumber: string }> {
    const accountNumber = `6${digits(8)}`;
    const [opened] = await openAccounts(this.ctx, [
      {
        customerId,
        contractNumber: `К-${accountNumber}`,
        accountNumber,
        openedOn: dayIn(this.ctx.now(), ZONE),
      },
    ]);
    if (!opened) throw new Error("the verb answered nothing");
    return { accountId: opened.accountId, accountNumber };
  }

  /** Another tariff of internet, charged whole from the day it begins; answers its name. */
  async tariff({ feeMinor, downKbps = 500_000 }: { feeMinor: bigint; downKbps?: number }): Promise<string> {
    const mark = digits(6);
    const nameRu = `«Улица ${mark}»`;
    await publishTariffs(this.ctx, [
      {
        code: `street-${mark}`,
        nameRu,
        nameEn: `Street ${mark}`,
        kind: "internet",
        downKbps,
        upKbps: downKbps,
        revenueCode: "revenue:internet",
        price: { newFrom: "2020-01-01", feeMinor, prorationStart: "none", prorationChange: "none" },
      },
    ]);
    return nameRu;
  }

  /** An addition that anyone may switch on; answers its name. */
  async addOn({ feeMinor }: { feeMinor: bigint }): Promise<string> {
    const mark = digits(6);
    const nameRu = `Опция ${mark}`;
    await publishTariffs(this.ctx, [
      {
        code: `option-${mark}`,
        nameRu,
        nameEn: `Option ${mark}`,
        kind: "option",
        revenueCode: "revenue:option",
        price: { newFrom: "2020-01-01", feeMinor },
      },
    ]);
    return nameRu;
  }

  /** A day of 900 Mbit/s for 50 ₽; answers its name. */
  async boost(): Promise<string> {
    const mark = digits(6);
    const nameRu = `Турбо ${mark}`;
    await publishTariffs(this.ctx, [
      {
        code: `turbo-${mark}`,
        nameRu,
        nameEn: `Turbo ${mark}`,
        kind: "option",
        revenueCode: "revenue:option",
        boostHours: 24,
        downKbps: 900_000,
        upKbps: 900_000,
        price: { newFrom: "2020-01-01", feeMinor: 50_00n, chargeMethod: "one_off" },
      },
    ]);
    return nameRu;
  }

  /** Twenty percent for three months. */
  async promoCode(): Promise<string> {
    const code = `ОСЕНЬ-${digits(6)}`;
    await publishPromoCode(this.ctx, { code, percentBp: 2_000, months: 3, validFrom: dayIn(this.ctx.now(), ZONE) });
    return code;
  }

  async pay(accountId: string, amountMinor: bigint): Promise<void> {
    const paidAt = this.ctx.now();
    await recordPayments(this.ctx, [
      { accountId, provider: "office", externalId: randomUUID(), amountMinor, paidAt, bookedOn: dayIn(paidAt, ZONE) },
    ]);
  }

  async block({ accountId }: Resident, reason: "administrative" | "voluntary"): Promise<void> {
    await placeBlock(this.ctx, { accountId, reason });
    await refreshServices(this.ctx, { accountIds: [accountId] });
  }

  balance = ({ accountId }: Resident): Promise<bigint> => readBalance(this.ctx, accountId);
  money = ({ accountId }: Resident) => readNextCharge(this.ctx, accountId);
  /** What the network is told of the lines. */
  services = ({ accountId }: Resident) => readServices(this.ctx, { accountId });
  payments = ({ accountId }: Resident) => listPayments(this.ctx, { accountId, limit: 20 });

  /** Their browser, signed in. */
  async signIn(browser: BrowserContext, { phone }: Resident): Promise<Page> {
    const page = await browser.newPage();
    const { csrfToken } = (await (await page.request.get("/api/auth/csrf")).json()) as { csrfToken: string };
    const form = { csrfToken, identifier: phone, password: PASSWORD, callbackUrl: "/", json: "true" };
    await page.request.post("/api/auth/callback/credentials", { form });
    return page;
  }

  close(): Promise<void> {
    return this.database.close();
  }
}
