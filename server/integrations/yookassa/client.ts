import type { RequestOpts } from "yookassa-sdk/dist/client/connector.js";
import { YooKassaSdk } from "yookassa-sdk/dist/client/sdk.js";
import {
  type CollectRequest,
  GatewayError,
  type GatewayPayment,
  type PaymentGateway,
} from "@/server/domain/payments/ports";
import { DomainError } from "@/server/kernel/errors";
import { toCreateBody } from "./create-body";
import { parsePayment } from "./wire-schema";

export interface YookassaOptions {
  readonly shopId: string;
  readonly secretKey: string;
  /** "https://api.yookassa.ru/v3"; plain HTTP is accepted on loopback only. */
  readonly apiUrl: string;
  readonly timeoutMs: number;
  /** Whether the fake provider stands in. By default: the API is on this machine. */
  readonly testMode?: boolean;
}

interface WireAnswer {
  readonly status: number;
  readonly text: string;
}

const MAX_ANSWER_BYTES = 1_048_576;
const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);
const KEY = /^[0-9A-Za-z+\-_.]{1,64}$/;
const PAYMENT_ID = /^[0-9A-Za-z-]{36}$/;
/** Only words from this list reach an error: an answer could echo anything, the credentials too. */
const KNOWN_CODES = new Set([
  "invalid_request",
  "invalid_credentials",
  "forbidden",
  "not_found",
  "gone",
  "too_many_requests",
  "refusal",
  "not_supported",
  "internal_server_error",
]);
const KNOWN_PARAMETERS = new Set([
  "Idempotence-Key",
  "amount",
  "capture",
  "confirmation",
  "description",
  "metadata",
  "receipt",
]);

/**
 * The SDK as shipped draws a new idempotence key on every call, has no time-out, follows redirects with our
 * credentials, and throws errors that carry them. Here the key is ours, every status is an answer rather than an
 * exception, and nothing of axios gets out.
 */
class GuardedSdk extends YooKassaSdk {
  readonly #timeoutMs: number;

  constructor(options: YookassaOptions) {
    super({
      shop_id: options.shopId,
      secret_key: options.secretKey,
      endpoint: options.apiUrl.replace(/\/+$/, ""),
      debug: false,
    });
    this.#timeoutMs = options.timeoutMs;
    this.axiosConfig = {
      ...this.axiosConfig,
      timeout: options.timeoutMs,
      maxRedirects: 0,
      proxy: false,
      maxContentLength: MAX_ANSWER_BYTES,
      responseType: "text",
      validateStatus: () => true,
      transformResponse: (text: unknown, _headers: unknown, status?: number): WireAnswer => ({
        status: status ?? 0,
        text: typeof text === "string" ? text : "",
      }),
    };
  }

  /** axios' own `timeout` starts again with every byte; the signal bounds the whole call. */
  protected override async getInstance(...args: Parameters<YooKassaSdk["getInstance"]>) {
    const instance = await super.getInstance(...args);
    instance.defaults.signal = AbortSignal.timeout(this.#timeoutMs);
    return instance;
  }

  create(requestId: string, data: Record<string, unknown>): Promise<WireAnswer> {
    return this.#call({ method: "POST", endpoint: "/payments", data, requestId });
  }

  read(paymentId: string): Promise<WireAnswer> {
    return this.#call({ method: "GET", endpoint: `/payments/${paymentId}` });
  }

  async #call(options: RequestOpts): Promise<WireAnswer> {
    try {
      const answer = await this.request<WireAnswer>(options);
      if (answer.success === "OK") return answer.data;
    } catch (error) {
      throw new GatewayError("unknown", transportCode(error));
    }
    throw new GatewayError("unknown", "malformed_answer");
  }
}

function transportCode(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ECONNABORTED" || code === "ETIMEDOUT" || code === "ERR_CANCELED") return "timeout";
  return typeof code === "string" && /^E[A-Z_]{2,40}$/.test(code) ? `network.${code.toLowerCase()}` : "network";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function errorCode(status: number, body: unknown): string {
  const { code, parameter } = (body ?? {}) as { code?: unknown; parameter?: unknown };
  if (typeof code !== "string" || !KNOWN_CODES.has(code)) return `http_${status}`;
  const field = typeof parameter === "string" ? (parameter.split(/[.[]/)[0] ?? "") : "";
  return KNOWN_PARAMETERS.has(field) ? `${code}.${field}` : code;
}

/** 4xx = the provider did nothing. 408 may come from something between us and it, so it says nothing. */
function toGatewayError(status: number, body: unknown): GatewayError {
  const code = errorCode(status, body);
  if (status === 404) return new GatewayError("not_found", code);
  if (status === 429) return new GatewayError("rate_limited", code);
  if (status >= 400 && status < 500 && status !== 408) return new GatewayError("declined", code);
  return new GatewayError("unknown", code);
}

function toPayment(answer: WireAnswer): GatewayPayment {
  const body = parseJson(answer.text);
  if (answer.status !== 200) throw toGatewayError(answer.status, body);
  const payment = parsePayment(body);
  if (!payment) throw new GatewayError("unknown", "malformed_answer");
  return payment;
}

function checkedUrl(apiUrl: string): void {
  const url = URL.canParse(apiUrl) ? new URL(apiUrl) : null;
  const safe = url?.protocol === "https:" || (url?.protocol === "http:" && LOOPBACK.has(url.hostname));
  if (!url || !safe || url.username || url.search) throw new DomainError("invalid", "yookassa.api_url");
}

/**
 * The payment port over YooKassa. Each gateway has its own connection settings; nothing is shared in the process.
 * The methods throw only `GatewayError`; creation throws `invalid` on an address that would send the secret in clear.
 */
export function createYookassaGateway(options: YookassaOptions): PaymentGateway {
  checkedUrl(options.apiUrl);
  const sdk = new GuardedSdk(options);
  return {
    provider: "yookassa",
    testMode: options.testMode ?? LOOPBACK.has(new URL(options.apiUrl).hostname),
    shopId: options.shopId,

    async createPayment(request: CollectRequest) {
      if (!KEY.test(request.idempotenceKey)) throw new GatewayError("declined", "idempotence_key_malformed");
      return toPayment(await sdk.create(request.idempotenceKey, toCreateBody(request)));
    },

    async readPayment(providerPaymentId: string) {
      if (!PAYMENT_ID.test(providerPaymentId)) throw new GatewayError("not_found", "payment_id_malformed");
      const payment = toPayment(await sdk.read(providerPaymentId));
      if (payment.id !== providerPaymentId) throw new GatewayError("unknown", "other_payment_answered");
      return payment;
    },
  };
}
