import { randomUUID } from "node:crypto";
import { createRandom, type Failures } from "./failures";
import type { FakeDelivery, FakePayment, FakeStore } from "./store";

const ATTEMPT_TIMEOUT_MS = 10_000;
const IN_FLIGHT = 16;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 600_000;
/** With these steps about a day, which is how long the provider tries. */
const MAX_ATTEMPTS = 155;

/** 250 ms, doubled after each failure, at most ten minutes. */
export function retryDelayMs(attempts: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 20), LONGEST_RETRY_MS);
}

interface WebhooksOptions {
  readonly store: FakeStore;
  readonly webhookUrl: string;
  readonly failures: Failures;
  readonly seed: number;
}

/** Sends notifications over real HTTP until they are answered 200; unsent ones are taken up again after a restart. */
export class FakeWebhooks {
  readonly #options: WebhooksOptions;
  readonly #random: () => number;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #ready: FakeDelivery[] = [];
  readonly #stop = new AbortController();
  #inFlight = 0;
  #idleWaiters: (() => void)[] = [];

  constructor(options: WebhooksOptions) {
    this.#options = options;
    this.#random = createRandom(options.seed);
  }

  resume(): void {
    for (const delivery of this.#options.store.deliveries.values())
      if (delivery.state === "waiting") this.#schedule(delivery, 0);
  }

  announce(event: string, payment: FakePayment): void {
    const { store, failures } = this.#options;
    const body = JSON.stringify({ type: "notification", event, object: payment });
    for (let copy = 0; copy < failures.copies; copy += 1) {
      const delivery: FakeDelivery = {
        id: randomUUID(),
        event,
        paymentId: payment.id,
        body,
        attempts: 0,
        state: failures.loseWebhooks ? "lost" : "waiting",
      };
      store.putDelivery(delivery);
      if (delivery.state === "waiting")
        this.#schedule(delivery, failures.delayMs + Math.floor(this.#random() * failures.shuffleMs));
    }
  }

  /** Resolves when every delivery has been answered 200, lost or given up. */
  idle(): Promise<void> {
    if (this.#quiet()) return Promise.resolve();
    return new Promise((resolve) => {
      this.#idleWaiters.push(resolve);
    });
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#ready.length = 0;
    this.#stop.abort();
  }

  #quiet(): boolean {
    return this.#timers.size === 0 && this.#ready.length === 0 && this.#inFlight === 0;
  }

  #schedule(delivery: FakeDelivery, delayMs: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#ready.push(delivery);
      this.#pump();
    }, delayMs);
    this.#timers.add(timer);
  }

  #pump(): void {
    while (this.#inFlight < IN_FLIGHT) {
      const delivery = this.#ready.shift();
      if (!delivery) break;
      this.#inFlight += 1;
      void this.#attempt(delivery).then(() => {
        this.#inFlight -= 1;
        this.#pump();
      });
    }
    if (!this.#quiet()) return;
    for (const resolve of this.#idleWaiters.splice(0)) resolve();
  }

  async #attempt(delivery: FakeDelivery): Promise<void> {
    const answered = await this.#post(delivery.body);
    if (this.#stop.signal.aborted) return;
    delivery.attempts += 1;
    if (answered) delivery.state = "delivered";
    else if (delivery.attempts >= MAX_ATTEMPTS) delivery.state = "given_up";
    this.#options.store.putDelivery(delivery);
    if (delivery.state === "waiting") this.#schedule(delivery, retryDelayMs(delivery.attempts));
  }

  async #post(body: string): Promise<boolean> {
    try {
      const response = await fetch(this.#options.webhookUrl, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
        redirect: "manual",
        signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]),
      });
      await response.arrayBuffer();
      return response.status === 200;
    } catch {
      return false;
    }
  }
}
