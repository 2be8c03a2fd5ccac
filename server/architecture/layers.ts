import type { ImportOf, Source } from "./sources";

const TEST = /(\.test\.tsx?$|\/__tests__\/|^db\/testing\/|^server\/(scenarios|architecture)\/|^e2e\/)/;

export const isTest = (path: string): boolean => TEST.test(path);

/** Domain modules and what each may import: ARCHITECTURE.md, the graph. What an imported module may import is included. */
export const MODULE_GRAPH: Readonly<Record<string, readonly string[]>> = {
  identity: [],
  ledger: ["identity"],
  // An account is opened together with its balance.
  crm: ["identity", "ledger"],
  catalog: ["identity"],
  subscriptions: ["crm", "catalog"],
  rating: ["catalog", "subscriptions"],
  invoices: ["ledger", "rating"],
  payments: ["ledger", "invoices"],
  // A promise is offered against what charging would need; the limit itself is read by the ledger's condition.
  credit: ["runs"],
  // Usage waits here for its period's end; charging asks for it.
  metering: ["rating", "provisioning"],
  runs: ["subscriptions", "rating", "metering", "invoices"],
  // Money that a bank says has come, put on accounts.
  bank: ["payments"],
  provisioning: ["subscriptions", "ledger"],
  usage: ["provisioning"],
  // Lives a copy of a subscriber through the days as the daily jobs would.
  sandbox: ["credit", "payments"],
  support: ["crm", "provisioning"],
  documents: ["invoices", "payments", "runs", "usage", "support"],
  notifications: ["invoices", "payments", "runs", "usage", "support"],
  analytics: ["invoices", "payments", "runs", "usage", "support"],
  links: ["invoices", "payments", "runs", "usage", "support"],
  imports: ["invoices", "payments", "runs", "usage", "support"],
};

/** One row: files under `from` may import what `to` matches. The first row whose `from` matches a file decides. */
interface Layer {
  readonly from: RegExp;
  readonly to: RegExp;
  /** Erased at compile time, so it may reach further. */
  readonly types?: RegExp;
}

const ISOMORPHIC = "server/domain/[a-z-]+/(?:schema|constants)$|server/platform/roles$|server/kernel/";
const VERBS = "server/domain/[a-z-]+$|server/(?:platform|kernel)/|server/(?:env|data-dir|ports)$";

/** ARCHITECTURE.md, "who may import whom", as a table. Imports of packages are not its business; see `PACKAGES`. */
export const LAYERS: readonly Layer[] = [
  { from: /^components\/(ui|blocks|lib|hooks)\//, to: /^components\/(ui|blocks|lib|hooks|i18n)\// },
  {
    from: /^components\//,
    to: new RegExp(`^(?:components/|server/api/query-client$|server/env$|${ISOMORPHIC})`),
    types: /^server\/(api|auth|domain|platform|kernel)\//,
  },
  {
    from: /^app\//,
    // A page asks `may(…)` to leave out a button; the verb behind it asks again.
    to: new RegExp(
      `^(?:app/|components/|server/(?:api|auth|open-api)/|server/(?:env|ports)$|server/domain/identity$|${ISOMORPHIC})`,
    ),
    types: /^server\//,
  },
  { from: /^server\/kernel\//, to: /^server\/kernel\// },
  { from: /^server\/platform\//, to: /^(server\/(platform|kernel)\/|server\/env$|db($|\/))/ },
  {
    from: /^server\/domain\/[a-z-]+\/rules\//,
    // Another module's rules come through its door like everything else of it.
    to: /^server\/(domain\/[a-z-]+($|\/(rules\/|constants$|schema$))|kernel\/)/,
    types: /^(server\/(domain|platform|kernel)\/|db\/schema)/,
  },
  { from: /^server\/domain\//, to: /^(server\/(domain|platform|kernel)\/|db($|\/schema|\/columns))/ },
  {
    from: /^server\/integrations\//,
    to: /^(server\/(integrations|platform|kernel)\/|server\/domain\/[a-z-]+\/(ports|errors|constants|schema)$|server\/(env|data-dir)$)/,
    types: /^(server\/domain\/|db$)/,
  },
  { from: /^server\/ports\.ts$/, to: /^server\/(integrations|domain|platform|kernel|env|data-dir)/ },
  { from: /^server\/auth\//, to: new RegExp(`^(?:server/auth/|db($|/)|${VERBS})`) },
  {
    // The door of a vendor's webhooks, or of a protocol, reads that wire.
    from: /^server\/api\/[a-z]+-(webhook|door)\.ts$/,
    to: new RegExp(`^(?:server/(?:api|auth|integrations)/|${ISOMORPHIC}|${VERBS})`),
  },
  { from: /^server\/(api|open-api)\//, to: new RegExp(`^(?:server/(?:api|open-api|auth)/|${ISOMORPHIC}|${VERBS})`) },
  { from: /^server\/jobs\//, to: new RegExp(`^(?:server/jobs/|db($|/)|${VERBS})`), types: /^server\// },
  { from: /^server\/cli\//, to: /^(server\/(cli|jobs|integrations|domain|platform|kernel|auth)\/|server\/|db($|\/))/ },
  {
    from: /^db\//,
    to: /^(db($|\/)|server\/(env|data-dir)$|server\/kernel\/|server\/platform\/)/,
    // What a text column may hold is the module's own list.
    types: /^server\/domain\/[a-z-]+\/constants$/,
  },
  { from: /^(proxy|instrumentation)\.ts$/, to: /^server\/(env$|auth\/)/ },
];

const OURS = /^(app|components|db|server|e2e)(\/|$)/;

/** `except` holds violations known and not yet mended, word for word; one that is mended must leave the list. */
export function layerViolations(sources: readonly Source[], except: readonly string[] = []): string[] {
  const found = foreignImports(sources);
  return [
    ...found.filter((one) => !except.includes(one)),
    ...except
      .filter((one) => !found.includes(one))
      .map((one) => `the exception "${one}" is not needed any more: take it out`),
  ];
}

function foreignImports(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => {
    const layer = isTest(source.path) ? undefined : LAYERS.find(({ from }) => from.test(source.path));
    if (!layer) return [];
    return source.imports
      .filter(({ to }) => OURS.test(to))
      .filter(({ to, typeOnly }) => !layer.to.test(to) && !(typeOnly && layer.types?.test(to)))
      .map(({ to }) => `${source.path} may not import ${to}`);
  });
}

/** Packages that belong to one place. */
const PACKAGES: readonly { readonly name: RegExp; readonly only: RegExp }[] = [
  { name: /^decimal\.js$/, only: /^server\/(kernel\/|domain\/[a-z-]+\/rules\/)/ },
  {
    name: /^(next|react|react-dom|next-auth|server-only)($|\/)|^@trpc\//,
    only: /^(?!server\/(domain|platform|kernel|jobs|cli|integrations)\/)/,
  },
  { name: /^yookassa-sdk/, only: /^server\/integrations\/yookassa\// },
  { name: /^nodemailer/, only: /^server\/integrations\/smtp\// },
  { name: /^recharts/, only: /^components\// },
];

export function packageViolations(sources: readonly Source[]): string[] {
  return sources.flatMap((source) =>
    isTest(source.path)
      ? []
      : source.imports
          .filter(
            ({ to, typeOnly }) =>
              !typeOnly && PACKAGES.some(({ name, only }) => name.test(to) && !only.test(source.path)),
          )
          .map(({ to }) => `${source.path} may not import the package ${to}`),
  );
}

/** Modules meet through `index.ts`, along the arrows of the graph. A test may call any verb, but through the same door. */
export function moduleViolations(sources: readonly Source[], graph = MODULE_GRAPH): string[] {
  return sources.flatMap((source) => {
    const [, own] = /^server\/domain\/([a-z-]+)\//.exec(source.path) ?? [];
    return source.imports.flatMap((one) => {
      const [, other = "", inside] = /^server\/domain\/([a-z-]+)(?:\/(.+))?$/.exec(one.to) ?? [];
      if (other === "" || other === own) return [];
      const door =
        inside === undefined || inside === "index" || (own === undefined && allowedInside(source, one, inside));
      const wrongDoor = door ? [] : [`${source.path} enters ${other} past its door: ${one.to}`];
      if (own === undefined || isTest(source.path)) return wrongDoor;
      return below(own, graph).has(other)
        ? wrongDoor
        : [...wrongDoor, `${source.path}: ${own} may not import ${other}, that is against the arrows`];
    });
  });
}

/** From outside the domain: what runs in the browser too, what adapters implement, and types. */
function allowedInside(source: Source, { typeOnly }: ImportOf, inside: string): boolean {
  return typeOnly || /^(schema|constants|ports|errors)$/.test(inside) || isTest(source.path);
}

/** Every module reachable along the arrows. Throws when the graph has a cycle. */
export function below(name: string, graph = MODULE_GRAPH, path: readonly string[] = []): Set<string> {
  if (path.includes(name)) throw new Error(`the module graph has a cycle: ${[...path, name].join(" → ")}`);
  const direct = graph[name] ?? [];
  return new Set(direct.flatMap((next) => [next, ...below(next, graph, [...path, name])]));
}
