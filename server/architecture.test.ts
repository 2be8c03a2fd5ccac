import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { messages } from "@/components/i18n/messages";
import { appRouter } from "@/server/api/root";
import {
  banViolations,
  lengthViolations,
  moduleFolderViolations,
  nameViolations,
  vocabularyViolations,
} from "@/server/architecture/files";
import {
  below,
  layerViolations,
  MODULE_GRAPH,
  moduleViolations,
  packageViolations,
} from "@/server/architecture/layers";
import { messageViolations, procedureViolations, routeOf, routeViolations } from "@/server/architecture/routes";
import { readSources, sourceOf } from "@/server/architecture/sources";
import { type Exceptions, functionsOf, verbViolations } from "@/server/architecture/verbs";
import { ROUTE_POLICY } from "@/server/auth/route-policy";
import { POLICY } from "@/server/domain/identity";

const root = join(import.meta.dirname, "..");
const sources = readSources(root);
const none: string[] = [];

/** Kinds of file that the vocabulary does not know, each a decision written in the module's README. Only shrinks. */
const VOCABULARY_EXCEPTIONS = [
  "server/domain/identity/policy.ts",
  // Opens and lifts financial blocks in sets, both ways in one statement.
  "server/domain/subscriptions/financial-blocks.ts",
];

/** Only shrinks. */
const VERB_EXCEPTIONS: Exceptions = {
  permission: {},
  record: {
    "payments/poll-payments.ts#pollPayments": "only enqueues; what a payment becomes is recorded by syncPayment",
    "payments/receive-webhook.ts#receiveWebhook": "a hint is stored, nothing of ours changes; its own row is the trace",
  },
};

describe("the house", () => {
  test("layers are imported downwards only", () => expect(layerViolations(sources)).toEqual(none));
  test("a package is imported where it belongs", () => expect(packageViolations(sources)).toEqual(none));
  test("modules meet through their doors, along the arrows", () => expect(moduleViolations(sources)).toEqual(none));
  test("the module graph has no cycle and names every module", () => {
    for (const name of Object.keys(MODULE_GRAPH)) below(name);
    const modules = sources.flatMap(({ path }) => /^server\/domain\/([a-z-]+)\//.exec(path)?.[1] ?? []);
    expect([...new Set(modules)].filter((name) => !(name in MODULE_GRAPH))).toEqual(none);
  });
  test("a module holds only the kinds of file that the vocabulary names", () => {
    expect(vocabularyViolations(sources, VOCABULARY_EXCEPTIONS)).toEqual(none);
    expect(VOCABULARY_EXCEPTIONS.filter((path) => !existsSync(join(root, path)))).toEqual(none);
  });
  test("every module has a door and a README", () => {
    const readmes = Object.keys(MODULE_GRAPH)
      .map((name) => `server/domain/${name}/README.md`)
      .filter((path) => existsSync(join(root, path)));
    expect(moduleFolderViolations(sources, readmes)).toEqual(none);
  });
  test("files are named for what they hold, in kebab-case", () => expect(nameViolations(sources)).toEqual(none));
  test("no file is longer than 500 lines, no page than 80", () => expect(lengthViolations(sources)).toEqual(none));
  test("rules are pure, the clock and the environment have one door, money is never a float", () => {
    expect(banViolations(sources)).toEqual(none);
  });
  test("whoever opens a transaction asks for a permission and leaves a record", () => {
    expect(verbViolations(sources, VERB_EXCEPTIONS)).toEqual(none);
  });
  test("every procedure stands under a row of the policy table", () => {
    const { procedures } = appRouter._def;
    expect(Object.keys(procedures).length).toBeGreaterThan(5);
    expect(procedureViolations(procedures, Object.keys(POLICY))).toEqual(none);
  });
  test("every page and handler has its row, and every page asks for it", () => {
    expect(routeViolations(sources, ROUTE_POLICY)).toEqual(none);
  });
  test("every text is there in Russian and in English", () => {
    expect(messageViolations(messages.ru, messages.en)).toEqual(none);
  });
});

/** Each rule is shown what it must refuse, and what it must let pass. */
describe("the rules themselves", () => {
  const one = (path: string, text: string) => [sourceOf(path, text)];

  test("the reader of sources sees imports of every kind, and no words in comments or strings", () => {
    const source = sourceOf(
      "server/domain/crm/read-account.ts",
      [
        'import { a } from "@/server/kernel/money";',
        'import type { B } from "./schema";',
        'import { type C, type D } from "@/db";',
        'import "server-only";',
        'const late = await import("@/server/env");',
        "// new Date() here is talk",
        '/* Date.now() */ const text = "new Date()"; const re = /["\'`]/; const t = `$' + "{code()} new Date()`;",
      ].join("\n"),
    );
    expect(source.imports).toEqual([
      { to: "server/kernel/money", typeOnly: false },
      { to: "server/domain/crm/schema", typeOnly: true },
      { to: "db", typeOnly: true },
      { to: "server-only", typeOnly: false },
      { to: "server/env", typeOnly: false },
    ]);
    expect(source.code).toContain("code()");
    expect(source.code).not.toContain("Date");
  });

  test.each([
    ["components/ui/button.tsx", 'import { x } from "@/server/kernel/money";', 1],
    ["components/crm/card.tsx", 'import { db } from "@/db";', 1],
    ["components/crm/card.tsx", 'import { verb } from "@/server/domain/crm";', 1],
    ["components/crm/card.tsx", 'import type { Row } from "@/server/domain/crm";', 0],
    ["components/crm/card.tsx", 'import { KINDS } from "@/server/domain/crm/constants";', 0],
    ["app/page.tsx", 'import { verb } from "@/server/domain/crm";', 1],
    ["app/page.tsx", 'import { api } from "@/server/api/rsc";', 0],
    ["server/domain/crm/read-account.ts", 'import { env } from "@/server/env";', 1],
    ["server/domain/crm/read-account.ts", 'import { gateway } from "@/server/integrations/yookassa";', 1],
    ["server/domain/crm/rules/name.ts", 'import { db } from "@/db";', 1],
    ["server/domain/crm/rules/name.ts", 'import { record } from "@/server/platform/record";', 1],
    ["server/platform/record.ts", 'import { may } from "@/server/domain/identity";', 1],
    ["server/kernel/money.ts", 'import { logger } from "@/server/platform/logger";', 1],
    ["server/integrations/yookassa/client.ts", 'import { postPayment } from "@/server/domain/payments";', 1],
    ["server/api/routers/crm.ts", 'import { db } from "@/db";', 1],
    ["server/domain/crm/__tests__/a.db.test.ts", 'import { env } from "@/server/env";', 0],
  ])("%s with %s breaks the layers %d times", (path, text, times) => {
    expect(layerViolations(one(path, text))).toHaveLength(times);
  });

  test.each([
    ["server/domain/crm/read-account.ts", 'import { cache } from "react";', 1],
    ["server/jobs/tasks.ts", 'import { TRPCError } from "@trpc/server";', 1],
    ["server/domain/runs/bill-accounts.ts", 'import { Decimal } from "decimal.js";', 1],
    ["server/domain/runs/rules/fee.ts", 'import { Decimal } from "decimal.js";', 0],
    ["app/page.tsx", 'import { redirect } from "next/navigation";', 0],
    ["server/domain/payments/start-payment.ts", 'import { Sdk } from "yookassa-sdk";', 1],
  ])("%s with %s breaks the places of packages %d times", (path, text, times) => {
    expect(packageViolations(one(path, text))).toHaveLength(times);
  });

  test.each([
    ["server/domain/ledger/read-balance.ts", 'import { x } from "@/server/domain/payments";', /against the arrows/],
    ["server/domain/payments/post-payment.ts", 'import { x } from "@/server/domain/provisioning";', /against/],
    ["server/domain/runs/bill-accounts.ts", 'import { x } from "@/server/domain/analytics";', /against/],
    ["server/domain/runs/bill-accounts.ts", 'import { x } from "@/server/domain/ledger/internal";', /past its door/],
    ["server/domain/runs/bill-accounts.ts", 'import { x } from "../ledger/internal";', /past its door/],
    ["server/api/routers/runs.ts", 'import { x } from "@/server/domain/runs/bill-accounts";', /past its door/],
  ])("%s with %s is refused", (path, text, words) => {
    expect(moduleViolations(one(path, text)).join()).toMatch(words);
  });
  test("an import along the arrows passes, also when it skips a module", () => {
    expect(moduleViolations(one("server/domain/runs/a-b.ts", 'import { x } from "@/server/domain/identity";'))).toEqual(
      [],
    );
  });
  test("a cycle in the graph is named", () => {
    expect(() => below("a", { a: ["b"], b: ["a"] })).toThrow("a → b → a");
  });

  test.each([
    ["server/domain/crm/account-service.ts", 1],
    ["server/domain/crm/rules/Deep.ts", 1],
    ["server/domain/crm/rules/deep/name.ts", 1],
    ["server/domain/crm/read-account.ts", 0],
    ["server/domain/crm/on-payment-posted.ts", 0],
    ["server/domain/crm/rules/name.test.ts", 0],
  ])("the vocabulary refuses %s %d times", (path, times) => {
    expect(vocabularyViolations(one(path, ""))).toHaveLength(times);
  });

  test("names, lengths, doors and READMEs are asked for", () => {
    expect(nameViolations(one("components/lib/string-utils.ts", ""))).toHaveLength(1);
    expect(nameViolations(one("components/ui/IconButton.tsx", ""))).toHaveLength(1);
    expect(lengthViolations(one("server/a.ts", "\n".repeat(501)))).toHaveLength(1);
    expect(lengthViolations(one("app/(staff)/desk/page.tsx", "\n".repeat(81)))).toHaveLength(1);
    expect(moduleFolderViolations(one("server/domain/crm/read-account.ts", ""), [])).toHaveLength(2);
  });

  test.each([
    ["server/domain/crm/rules/age.ts", "export const age = () => Date.now();"],
    ["server/domain/crm/rules/age.ts", "export const age = () => new Date();"],
    ["server/domain/crm/rules/age.ts", "export const luck = () => Math.random();"],
    ["server/domain/crm/rules/age.ts", "export async function age() { await x; }"],
    ["server/domain/crm/read-account.ts", "const at = new Date();"],
    ["server/domain/crm/read-account.ts", "const zone = process.env.TZ;"],
    ["components/crm/card.tsx", "const sum = Number(row.amountMinor);"],
    ["server/api/routers/crm.ts", "const open = t.procedure.query(() => 1);"],
    ["e2e/journeys/pay.spec.ts", "await page.waitForTimeout(500);"],
    ["server/domain/crm/rules/age.test.ts", "test.only('x', () => 1);"],
  ])("in %s, «%s» is refused", (path, text) => {
    expect(banViolations(one(path, text)).length).toBeGreaterThan(0);
  });
  test("a moved clock, an instant from the database and a command's environment pass", () => {
    expect(banViolations(one("server/domain/crm/read-account.ts", "const at = new Date(row.at);"))).toEqual([]);
    expect(banViolations(one("server/cli/demo.ts", "const zone = process.env.TZ;"))).toEqual([]);
  });

  const verb = (body: string) => `export async function move(ctx) {\n${body}\n}\n`;
  const asks = 'requirePermission(ctx, "a:b");';
  const opens = "return withTransaction(ctx, async (tx) => {";
  test.each([
    [
      verb(`${opens} await record(tx, {}); });`),
      ["crm/move-account.ts#move opens a transaction without requirePermission"],
    ],
    [verb(`${asks} ${opens} });`), ["crm/move-account.ts#move opens a transaction without record"]],
    [verb(`${asks} ${opens} await record(tx, {}); });`), none],
    [
      `${verb(`${asks} return inside(ctx);`)}\nasync function inside(ctx) {\n${opens} await note(tx); });\n}\nfunction note(tx) {\n  return record(tx, {});\n}\n`,
      none,
    ],
  ])("a verb is read together with what it calls in its file (%#)", (text, violations) => {
    const found = verbViolations(one("server/domain/crm/move-account.ts", text), { permission: {}, record: {} });
    expect(found).toEqual(violations);
    expect(functionsOf(text).map(({ name }) => name)).toContain("move");
  });
  test("an exception nobody needs any more is refused", () => {
    const text = verb(`${asks} ${opens} await record(tx, {}); });`);
    const except = { permission: { "crm/move-account.ts#move": "why" }, record: {} };
    expect(verbViolations(one("server/domain/crm/move-account.ts", text), except)).toHaveLength(1);
  });

  test("a page without a row, without its permission, and a row without a page are refused", () => {
    const page = one("app/(staff)/desk/[id]/page.tsx", 'await requirePage("customer:read");');
    expect(routeOf("app/(staff)/desk/[id]/page.tsx")).toEqual({ route: "/desk/[id]", kind: "page" });
    expect(routeOf("app/page.tsx")).toEqual({ route: "/", kind: "page" });
    expect(routeOf("app/api/trpc/[trpc]/route.ts")).toEqual({ route: "/api/trpc/[trpc]", kind: "handler" });
    expect(routeViolations(page, {})).toHaveLength(1);
    expect(routeViolations(page, { "/desk/[id]": "customer:search" })).toHaveLength(1);
    expect(routeViolations(page, { "/desk/[id]": "customer:read" })).toEqual([]);
    expect(routeViolations(page, { "/desk/[id]": "customer:read", "/gone": "public" })).toHaveLength(1);
  });

  test("a procedure without a permission, or with an unknown one, is refused", () => {
    const procedure = (meta: unknown) => ({ a: { _def: { meta } } });
    expect(procedureViolations(procedure(undefined), ["a:b"])).toHaveLength(1);
    expect(procedureViolations(procedure({ permission: "x:y" }), ["a:b"])).toHaveLength(1);
    expect(procedureViolations(procedure({ permission: "a:b" }), ["a:b"])).toEqual([]);
  });

  test("a text in one language only is refused", () => {
    expect(messageViolations({ a: { b: "да", c: "нет" } }, { a: { b: "yes", d: "maybe" } })).toHaveLength(2);
  });
});
