import { randomUUID } from "node:crypto";
import { clientAddress } from "@/server/auth/client-address";
import { webDatabase } from "@/server/auth/database";
import { receiveWebhook } from "@/server/domain/payments";
import { env } from "@/server/env";
import { createNetworkList, LOOPBACK_NETWORKS, YOOKASSA_NETWORKS } from "@/server/integrations/yookassa/networks";
import { parseNotification } from "@/server/integrations/yookassa/wire-schema";
import { type Context, createContext } from "@/server/platform/context";
import { logger } from "@/server/platform/logger";
import { traceOf } from "@/server/platform/trace";
import { bodyRejection, isStorable, readBody } from "./request-guard";

const MAX_BODY_BYTES = 256 * 1024;

/** Whose webhooks are heard: the provider's networks or the setting's; the fake one lives on this machine. */
export function webhookNetworks(settings: Pick<typeof env, "YOOKASSA_WEBHOOK_NETWORKS" | "YOOKASSA_TEST_MODE">) {
  return [
    ...(settings.YOOKASSA_WEBHOOK_NETWORKS ?? YOOKASSA_NETWORKS),
    ...(settings.YOOKASSA_TEST_MODE ? LOOPBACK_NETWORKS : []),
  ];
}

const isAllowed = createNetworkList(webhookNetworks(env));

interface Door {
  readonly allows: (address: string | null) => boolean;
  readonly context: (address: string) => Promise<Context>;
}

const door: Door = {
  allows: isAllowed,
  context: async (address) => {
    const { db } = await webDatabase();
    const actor = { kind: "webhook", source: "yookassa", address } as const;
    return createContext({ db, actor, zone: env.OPERATOR_ZONE, requestId: randomUUID() });
  },
};

/**
 * News of a payment from the provider: kept once and answered at once; what it says is believed by nobody, the worker
 * asks the provider. A stranger learns nothing but 403. When the news could not be kept the answer is 503: the provider
 * sends it again, for a day.
 */
export async function handleYookassaWebhook(request: Request, { allows, context }: Door = door): Promise<Response> {
  const address = clientAddress(request.headers);
  if (address === null || !allows(address)) return answer(403);
  const rejection = bodyRejection(request.headers, ["application/json"], MAX_BODY_BYTES);
  if (rejection) return answer(rejection.status);
  const text = await readBody(request, MAX_BODY_BYTES);
  if (typeof text !== "string") return answer(text.status);
  const body = objectOf(text);
  const note = body && parseNotification(body);
  if (!note) return answer(400);
  try {
    await receiveWebhook(await context(address), {
      provider: "yookassa",
      event: note.event,
      objectId: note.objectId,
      body,
      address,
    });
    return answer(200);
  } catch (error) {
    logger.error({ error: traceOf(error) }, "a webhook was not kept");
    return answer(503);
  }
}

/** Null unless it is a JSON object that the database can hold as it is. */
function objectOf(text: string): Record<string, unknown> | null {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== "object" || body === null || Array.isArray(body)) return null;
    return isStorable(body) ? (body as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const answer = (status: number) => new Response(null, { status, headers: { "cache-control": "no-store" } });
