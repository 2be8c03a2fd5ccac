import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import type { WebContext } from "@/server/auth/web-context";
import { MAX_UPLOAD_BYTES, readOwnAccounts, setOwnAccounts } from "@/server/domain/bank";
import { dayIn } from "@/server/kernel/day";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";
import { takeStatementResponse } from "../bank/take-statement-response";
import { trpcWorld } from "./trpc-world";

const OWN = "40702810801500116391";

let database: TestDatabase;
let world: World;
let web: ReturnType<typeof trpcWorld>;
let clerk: WebContext;
let anna: Subscriber;

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, dayIn(new Date(), "Europe/Moscow"));
  web = trpcWorld(database);
  clerk = await web.signedIn("billing_operator");
  anna = await world.subscriber({ tariffId: await world.tariff() });
  const { legalEntities, mark } = await readOwnAccounts(world.ctx);
  const legalEntityId = legalEntities[0]?.id ?? "";
  await setOwnAccounts(world.ctx, { seen: mark, accounts: [{ legalEntityId, number: OWN }] });
});
afterAll(() => database.close());

const statement = () => `1CClientBankExchange
ВерсияФормата=1.03
СекцияДокумент=Платежное поручение
Номер=1
Дата=09.11.2026
Сумма=700.10
ПолучательСчет=${OWN}
ДатаПоступило=09.11.2026
НазначениеПлатежа=л/с ${anna.accountNumber}
КонецДокумента
КонецФайла`;

async function send(ctx: WebContext, body: string | Buffer, headers: Record<string, string> = {}) {
  const url = "http://127.0.0.1/billing/bank/upload?name=%D0%B0.txt";
  const request = new Request(url, { method: "POST", body: new Uint8Array(Buffer.from(body)), headers });
  const response = await takeStatementResponse(request, async () => ctx);
  return { status: response.status, body: await response.json() };
}

describe("a statement from a browser", () => {
  test("is taken from whoever may, once, sums told as text", async () => {
    const report = { outcome: "taken", file: { name: "а.txt" }, posted: { count: 1, amountMinor: "70010" } };
    expect(await send(clerk, statement())).toMatchObject({ status: 200, body: { report } });
    expect(await send(clerk, statement())).toMatchObject({ status: 200, body: { report: { outcome: "unchanged" } } });
  });

  test("is refused to visitors, to roles that may not, to subscribers and from other sites", async () => {
    const unknown = { status: 401, body: { error: { reason: "access.sign_in_first" } } };
    const forbidden = { status: 403, body: { error: { reason: "access.forbidden" } } };
    expect(await send(web.visitor(), statement())).toMatchObject(unknown);
    expect(await send(await web.signedIn("support_agent"), statement())).toMatchObject(forbidden);
    expect(await send(await web.signedIn("subscriber", anna.customerId), statement())).toMatchObject(forbidden);
    const foreign = await send(clerk, statement(), { "sec-fetch-site": "cross-site" });
    expect(foreign).toMatchObject({ status: 403, body: { error: { reason: "request.cross_site" } } });
  });

  test("that is broken, none or too large is refused with what is wrong", async () => {
    const cut = { status: 400, body: { error: { reason: "bank.cut", details: { line: 10 } } } };
    expect(await send(clerk, statement().replace("КонецФайла", ""))).toMatchObject(cut);
    expect(await send(clerk, "")).toMatchObject({ status: 400, body: { error: { reason: "import.file_empty" } } });
    const large = await send(clerk, Buffer.alloc(MAX_UPLOAD_BYTES + 1, 65));
    expect(large).toMatchObject({ status: 413, body: { error: { reason: "bank.too_large" } } });
  });
});
