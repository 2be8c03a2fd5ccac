import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";
import { parse } from "yaml";

/** The provider's own OpenAPI file. It is not ours to ship: it stands beside the repository. */
export const SPEC_FILE = resolve(import.meta.dirname, "../../../../../shared/contracts/yookassa/openapi.yaml");
export const hasSpec = existsSync(SPEC_FILE);

type Node = Record<string, unknown>;
const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null;

const REQUEST = "/paths/~1payments/post/requestBody/content/application~1json/schema";
/** Schemas that nothing extends: in our own requests an unknown field there is a misspelt one. */
const CLOSED = ["ReceiptData", "ReceiptDataCustomer", "ReceiptDataItem", "MonetaryAmount"];

function resolvePointer(root: Node, pointer: string): Node {
  const found = pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>((node, part) => (isNode(node) ? node[part] : undefined), root);
  if (!isNode(found)) throw new Error(`the specification has no ${pointer}`);
  return found;
}

function walk(node: unknown, visit: (node: Node) => void): void {
  if (!isNode(node)) return;
  visit(node);
  for (const inner of Object.values(node)) walk(inner, visit);
}

/**
 * The file names the discriminator of its `oneOf`s but sets no constant on it, so that a card matches every payment
 * method at once and `oneOf` can never hold. The mapping on the base schema says which constant each branch means.
 */
function addDiscriminatorConstants(root: Node): Set<Node> {
  const constants = new Map<Node, { property: string; values: string[] }>();
  walk(root, (node) => {
    if (!isNode(node.discriminator) || !isNode(node.discriminator.mapping)) return;
    const property = String(node.discriminator.propertyName);
    for (const [value, ref] of Object.entries(node.discriminator.mapping)) {
      const target = resolvePointer(root, String(ref).replace("#", ""));
      const known = constants.get(target) ?? { property, values: [] };
      if (!known.values.includes(value)) known.values.push(value);
      constants.set(target, known);
    }
  });
  for (const [target, { property, values }] of constants) {
    const fixed = { properties: { [property]: { enum: values } }, required: [property] };
    target.allOf = [...(Array.isArray(target.allOf) ? target.allOf : []), fixed];
  }
  return new Set(constants.keys());
}

/** OpenAPI 3.0 says `nullable`, JSON Schema says a type of two. */
function convertNullable(root: Node): void {
  walk(root, (node) => {
    if (node.nullable === true && typeof node.type === "string") node.type = [node.type, "null"];
    delete node.nullable;
  });
}

function dropAnnotations(root: Node): void {
  walk(root, (node) => {
    if (typeof node.propertyName !== "string") delete node.discriminator;
  });
}

export interface OfficialSpec {
  readonly createRequest: ValidateFunction;
  readonly payment: ValidateFunction;
  readonly paymentList: ValidateFunction;
  readonly idempotenceKey: ValidateFunction;
  readonly notificationEvent: ValidateFunction;
  /** The error schema that the operation's documentation gives for a status. */
  readonly error: (status: 400 | 401 | 404 | 500) => ValidateFunction;
  /** Branches of discriminated `oneOf`s under payments that got no constant; must be none. */
  readonly looseBranches: readonly string[];
}

export function loadSpec(): OfficialSpec {
  const root = parse(readFileSync(SPEC_FILE, "utf8")) as Node;
  const fixed = addDiscriminatorConstants(root);
  const looseBranches = [resolvePointer(root, REQUEST), resolvePointer(root, "/components/schemas/Payment")]
    .flatMap((schema) =>
      ["payment_method", "payment_method_data", "confirmation"].map((name) => [schema, name] as const),
    )
    .flatMap(([schema, name]) => {
      const property = isNode(schema.properties) ? schema.properties[name] : undefined;
      return isNode(property) && Array.isArray(property.oneOf) ? (property.oneOf as Node[]) : [];
    })
    .map((branch) => String(branch.$ref))
    .filter((ref) => !fixed.has(resolvePointer(root, ref.replace("#", ""))));
  convertNullable(root);
  dropAnnotations(root);
  resolvePointer(root, REQUEST).additionalProperties = false;
  for (const name of CLOSED) resolvePointer(root, `/components/schemas/${name}`).additionalProperties = false;

  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
  formats.default(ajv);
  ajv.addSchema(root, "yookassa");
  const at = (pointer: string): ValidateFunction => ajv.compile({ $ref: `yookassa#${pointer}` });
  const schema = (name: string) => at(`/components/schemas/${name}`);
  const errors = {
    400: schema("BadRequest"),
    401: schema("InvalidCredentials"),
    404: schema("NotFound"),
    500: schema("Error"),
  };
  return {
    createRequest: at(REQUEST),
    payment: schema("Payment"),
    paymentList: schema("PaymentList"),
    idempotenceKey: at("/components/parameters/IdempotenceKey/schema"),
    notificationEvent: schema("NotificationEventType"),
    error: (status) => errors[status],
    looseBranches,
  };
}
