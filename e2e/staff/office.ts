import { randomInt, randomUUID } from "node:crypto";
import type { BrowserContext, Page } from "@playwright/test";
import { type Database, openDatabase } from "@/db/open-database";
import { publishTariffs } from "@/server/domain/catalog";
import { registerSubscribers, setUpOperator } from "@/server/domain/crm";
import { createUser } from "@/server/domain/identity";
import { recordPayments } from "@/server/domain/payments";
import { startSubscriptions } from "@/server/domain/subscriptions";
import { type Day, dayIn } from "@/server/kernel/day";
import { type Context, createContext } from "@/server/platform/context";
import type { Role } from "@/server/platform/roles";
import { stack } from "../fixtures/stack";

const PASSWORD = "correct horse battery";
const ZONE = "Europe/Moscow";

export interface Person {
  readonly accountId: string;
  readonly customerId: string;
  readonly name: string;
  readonly accountNumber: string;
  readonly contractNumber: string;
  readonly phone: string;
  readonly email: string;
  /** A street nobody else lives in. */
  readonly street: string;
  readonly tariffCode: string;
}

/** An office with people to look up, made by the product's own verbs; everything is drawn, so that specs never meet. */
export class Office {
  private readonly database: Database = openDatabase(stack().database.app, { max: 2, name: "uzel e2e staff" });
  private readonly ctx: Context = createContext({
    db: this.database.db,
    actor: { kind: "job", name: "e2e" },
    zone: ZONE,
  });

  /** Somebody with a tariff of their own, here since today or the day given. */
  async person(paidMinor = 0n, since?: Day): Promise<Person> {
    const { ctx } = this;
    const today = since ?? dayIn(ctx.now(), ZONE);
    const mark = randomUUID().slice(0, 6);
    const digits = (count: number) =>
      randomInt(10 ** count)
        .toString()
        .padStart(count, "0");
    const person = {
      name: `Семёнов${mark} Тарас`,
      accountNumber: `7${digits(8)}`,
      contractNumber: `Э-${mark}/26`,
      phone: `+7988${digits(7)}`,
      email: `taras.${mark}@example.org`,
      street: `ул. Узловая${mark}`,
      tariffCode: `e2e-${mark}`,
    };
    await setUpOperator(ctx, { name: "ООО «Проверка»", zone: ZONE });
    const [registered] = await registerSubscribers(ctx, [
      {
        kind: "person",
        name: person.name,
        phone: person.phone,
        email: person.email,
        contractNumber: person.contractNumber,
        accountNumber: person.accountNumber,
        openedOn: today,
        address: { city: "Пермь", street: person.street, house: "14", flat: "37" },
      },
    ]);
    const [tariff] = await publishTariffs(ctx, [
      {
        code: person.tariffCode,
        nameRu: `«Узел ${mark}»`,
        nameEn: `Uzel ${mark}`,
        kind: "internet",
        downKbps: 300_000,
        upKbps: 300_000,
        revenueCode: "revenue:internet",
        price: { newFrom: "2020-01-01", feeMinor: 650_00n },
      },
    ]);
    if (!registered || !tariff) throw new Error("the verbs answered nothing");
    const { accountId, customerId } = registered;
    await startSubscriptions(ctx, [{ accountId, tariffId: tariff.tariffId, startedOn: today }]);
    if (paidMinor > 0n) await this.pay(accountId, paidMinor);
    return { ...person, accountId, customerId };
  }

  async pay(accountId: string, amountMinor: bigint): Promise<void> {
    const paidAt = this.ctx.now();
    await recordPayments(this.ctx, [
      { accountId, provider: "office", externalId: randomUUID(), amountMinor, paidAt, bookedOn: dayIn(paidAt, ZONE) },
    ]);
  }

  /** Somebody of the operator, signed in in this browser. */
  async staff(browser: BrowserContext, role: Exclude<Role, "subscriber">): Promise<Page> {
    const email = `${role}-${randomUUID().slice(0, 8)}@uzel.test`;
    await createUser(this.ctx, {
      role,
      displayName: "Олег Проверкин",
      password: PASSWORD,
      identifiers: [{ kind: "email", value: email }],
    });
    return signedIn(browser, email);
  }

  /** The person's own browser. */
  async subscriber(browser: BrowserContext, { name, customerId, phone }: Person): Promise<Page> {
    await createUser(this.ctx, {
      role: "subscriber",
      displayName: name,
      customerId,
      password: PASSWORD,
      identifiers: [{ kind: "phone", value: phone }],
    });
    return signedIn(browser, phone);
  }

  close(): Promise<void> {
    return this.database.close();
  }
}

async function signedIn(browser: BrowserContext, identifier: string): Promise<Page> {
  const page = await browser.newPage();
  const { csrfToken } = (await (await page.request.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const form = { csrfToken, identifier, password: PASSWORD, callbackUrl: "/", json: "true" };
  await page.request.post("/api/auth/callback/credentials", { form });
  return page;
}
