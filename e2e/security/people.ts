import { randomInt, randomUUID } from "node:crypto";
import type { APIRequestContext, APIResponse } from "@playwright/test";
import { type Database, openDatabase } from "@/db/open-database";
import { publishTariffs } from "@/server/domain/catalog";
import { registerSubscribers, setUpOperator } from "@/server/domain/crm";
import { createUser } from "@/server/domain/identity";
import { startSubscriptions } from "@/server/domain/subscriptions";
import { dayIn } from "@/server/kernel/day";
import { type Context, createContext } from "@/server/platform/context";
import type { Role } from "@/server/platform/roles";
import { stack } from "../fixtures/stack";

export const PASSWORD = "correct horse battery";
const ZONE = "Europe/Moscow";

export interface Subscriber {
  readonly phone: string;
  readonly accountId: string;
}

/** People of the running product, made by its own verbs; numbers are drawn so that specs never meet. */
export class People {
  private readonly database: Database = openDatabase(stack().database.app, { max: 2, name: "uzel e2e" });
  private readonly ctx: Context = createContext({
    db: this.database.db,
    actor: { kind: "job", name: "e2e" },
    zone: ZONE,
  });

  readonly sql = this.database.sql;

  async subscriber(): Promise<Subscriber> {
    const today = dayIn(this.ctx.now(), ZONE);
    const number = `8${randomInt(10 ** 8)
      .toString()
      .padStart(8, "0")}`;
    const phone = `+7999${randomInt(10 ** 7)
      .toString()
      .padStart(7, "0")}`;
    await setUpOperator(this.ctx, { name: "ООО «Проверка»", zone: ZONE });
    const [person] = await registerSubscribers(this.ctx, [
      {
        kind: "person",
        name: "Проверкин Пётр",
        phone,
        contractNumber: `П-${number}`,
        accountNumber: number,
        openedOn: today,
      },
    ]);
    const [tariff] = await publishTariffs(this.ctx, [
      {
        code: `e2e-${number}`,
        nameRu: "«Проверка»",
        nameEn: "Check",
        kind: "internet",
        downKbps: 100_000,
        upKbps: 100_000,
        revenueCode: "revenue:internet",
        price: { newFrom: "2020-01-01", feeMinor: 650_00n },
      },
    ]);
    if (!person || !tariff) throw new Error("the verbs answered nothing");
    await startSubscriptions(this.ctx, [
      { accountId: person.accountId, tariffId: tariff.tariffId, startedOn: today, personalFeeMinor: null },
    ]);
    await createUser(this.ctx, {
      role: "subscriber",
      displayName: "Проверкин Пётр",
      customerId: person.customerId,
      password: PASSWORD,
      identifiers: [{ kind: "phone", value: phone }],
    });
    return { phone, accountId: person.accountId };
  }

  async staff(role: Exclude<Role, "subscriber">): Promise<string> {
    const email = `${role}-${randomUUID().slice(0, 8)}@uzel.test`;
    await createUser(this.ctx, {
      role,
      displayName: role,
      password: PASSWORD,
      identifiers: [{ kind: "email", value: email }],
    });
    return email;
  }

  /** The tests share an address with each other; what one of them used up must not close the door to the next. */
  async forgetAttempts(): Promise<void> {
    await this.database.sql`delete from rate_limits`;
  }

  close(): Promise<void> {
    return this.database.close();
  }
}

/** Signs in as a browser does, by next-auth's two steps. */
export async function signIn(
  request: APIRequestContext,
  identifier: string,
  password: string = PASSWORD,
  headers: Record<string, string> = {},
): Promise<APIResponse> {
  const { csrfToken } = (await (await request.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const form = { csrfToken, identifier, password, callbackUrl: "/", json: "true" };
  return request.post("/api/auth/callback/credentials", { form, headers });
}

/** Why a sign-in was refused, as the page reads it; null when it was not. */
export async function refusalOf(response: APIResponse): Promise<string | null> {
  const { url } = (await response.json()) as { url: string };
  return new URL(url).searchParams.get("error");
}

/** One procedure called by POST, as the page's own client does. */
export function call(
  request: APIRequestContext,
  path: string,
  input: unknown,
  headers: Record<string, string> = {},
): Promise<APIResponse> {
  return request.post(`/api/trpc/${path}`, { data: input ?? {}, headers });
}
