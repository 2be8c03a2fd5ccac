import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";

export interface FakePayment {
  id: string;
  status: "pending" | "waiting_for_capture" | "succeeded" | "canceled";
  paid: boolean;
  amount: { value: string; currency: string };
  income_amount?: { value: string; currency: string };
  refunded_amount?: { value: string; currency: string };
  description?: string;
  recipient: { account_id: string; gateway_id: string };
  metadata: Record<string, string>;
  confirmation?: { type: "redirect"; return_url: string; confirmation_url: string };
  payment_method?: Record<string, unknown>;
  authorization_details?: Record<string, unknown>;
  receipt_registration?: "pending" | "succeeded" | "canceled";
  cancellation_details?: { party: string; reason: string };
  refundable: boolean;
  test: true;
  created_at: string;
  captured_at?: string;
  expires_at?: string;
}

/** What the provider keeps about a payment and does not show. */
export interface FakeRecord {
  payment: FakePayment;
  capture: boolean;
  returnUrl: string;
}

export interface IdempotenceRecord {
  readonly key: string;
  readonly bodyHash: string;
  readonly paymentId: string;
  readonly at: string;
}

export interface FakeDelivery {
  readonly id: string;
  readonly event: string;
  readonly paymentId: string;
  /** The body as it was when the event happened: a late copy is stale, as in life. */
  readonly body: string;
  attempts: number;
  state: "waiting" | "delivered" | "lost" | "given_up";
}

type Line = { record: FakeRecord } | { key: IdempotenceRecord } | { delivery: FakeDelivery };

/**
 * The provider's memory. With a file it is a journal, one JSON a line, written before the answer leaves; the last line
 * of an id wins. A torn last line (killed in mid-write) is dropped. Opening rewrites the file without its history and
 * without the webhooks that are done.
 */
export class FakeStore {
  readonly records = new Map<string, FakeRecord>();
  readonly keys = new Map<string, IdempotenceRecord>();
  readonly deliveries = new Map<string, FakeDelivery>();
  #file: number | null;

  constructor(path: string | null) {
    if (path === null) {
      this.#file = null;
      return;
    }
    mkdirSync(dirname(path), { recursive: true });
    if (existsSync(path)) this.#load(readFileSync(path, "utf8"));
    const compact = this.#lines().map((line) => `${JSON.stringify(line)}\n`);
    writeFileSync(`${path}.new`, compact.join(""), { mode: 0o600 });
    renameSync(`${path}.new`, path);
    this.#file = openSync(path, "a", 0o600);
  }

  putRecord(record: FakeRecord): void {
    this.records.set(record.payment.id, record);
    this.#append({ record });
  }

  putKey(key: IdempotenceRecord): void {
    this.keys.set(key.key, key);
    this.#append({ key });
  }

  putDelivery(delivery: FakeDelivery): void {
    this.deliveries.set(delivery.id, delivery);
    this.#append({ delivery });
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  #append(line: Line): void {
    if (this.#file !== null) appendFileSync(this.#file, `${JSON.stringify(line)}\n`);
  }

  #lines(): Line[] {
    return [
      ...[...this.records.values()].map((record) => ({ record })),
      ...[...this.keys.values()].map((key) => ({ key })),
      ...[...this.deliveries.values()].map((delivery) => ({ delivery })),
    ];
  }

  #load(text: string): void {
    const lines = text.split("\n");
    for (const [index, raw] of lines.entries()) {
      if (raw === "") continue;
      const line = parseLine(raw);
      if (!line && index < lines.length - 1)
        throw new Error(`fake provider: line ${index + 1} of its state is damaged`);
      if (!line) continue;
      if ("record" in line) this.records.set(line.record.payment.id, line.record);
      else if ("key" in line) this.keys.set(line.key.key, line.key);
      else if (line.delivery.state === "waiting") this.deliveries.set(line.delivery.id, line.delivery);
      else this.deliveries.delete(line.delivery.id);
    }
  }
}

function parseLine(raw: string): Line | null {
  try {
    return JSON.parse(raw) as Line;
  } catch {
    return null;
  }
}
