import { randomBytes, randomInt } from "node:crypto";
import { createSocket, type Socket } from "node:dgram";
import { lookup } from "node:dns/promises";
import { type NetworkPort, NetworkUnavailable, type NetworkView } from "@/server/domain/provisioning/ports";
import { accessOf, MIKROTIK, MIKROTIK_ADDRESS_LIST, MIKROTIK_RATE_LIMIT, noAccess } from "./access-reply";
import { PROBE_IDENTIFIER } from "./config";
import {
  ACCESS_ACCEPT,
  ACCESS_REJECT,
  type Answer,
  decodeAnswer,
  encodeAccessRequest,
  vendorAttributes,
} from "./packet";

export interface ProbeOptions {
  readonly host: string;
  readonly authPort: number;
  readonly secret: string;
  /** How long one datagram waits for its answer. */
  readonly timeoutMs?: number;
  /** Datagrams sent before giving up. */
  readonly tries?: number;
  /** After a silence everyone is told so at once for this long: a queue of probes must not wait one by one. */
  readonly silenceMs?: number;
}

/** Asks RADIUS what a NAS would be told: a real Access-Request with the service's own login and secret. */
export function createProbe(options: ProbeOptions): NetworkPort {
  const { timeoutMs = 1_000, tries = 3, silenceMs = 1_000 } = options;
  let silentUntil = 0;
  return {
    mode: "probe",
    async readAccess(login, secret) {
      if (performance.now() < silentUntil) throw new NetworkUnavailable("timeout");
      try {
        return viewOf(await ask(login, secret, { ...options, timeoutMs, tries }));
      } catch (error) {
        if (error instanceof NetworkUnavailable && error.reason === "timeout")
          silentUntil = performance.now() + silenceMs;
        throw error;
      }
    },
  };
}

function viewOf(answer: Answer): NetworkView {
  if (answer.code === ACCESS_REJECT) return noAccess();
  const mikrotik = vendorAttributes(answer.attributes).filter((item) => item.vendor === MIKROTIK);
  const text = (type: number) => mikrotik.find((item) => item.type === type)?.value.toString("utf8") ?? null;
  const view = answer.code === ACCESS_ACCEPT ? accessOf(text(MIKROTIK_RATE_LIMIT), text(MIKROTIK_ADDRESS_LIST)) : null;
  if (!view) throw new NetworkUnavailable("bad_answer");
  return view;
}

type Asking = ProbeOptions & { timeoutMs: number; tries: number };

async function ask(login: string, password: string, options: Asking): Promise<Answer> {
  const { address, family } = await lookup(options.host).catch(() => {
    throw new NetworkUnavailable("refused");
  });
  const socket = createSocket(family === 6 ? "udp6" : "udp4");
  try {
    return await exchange(socket, address, login, password, options);
  } finally {
    socket.close();
  }
}

/** One socket a question, so the kernel hands an ICMP refusal to the one who asked. A repeat is the same packet (RFC 2865 §2.5). */
function exchange(socket: Socket, address: string, login: string, password: string, options: Asking): Promise<Answer> {
  const { secret, authPort, timeoutMs, tries } = options;
  const request = { identifier: randomInt(256), authenticator: randomBytes(16), secret };
  const packet = encodeAccessRequest({ ...request, login, password, nasIdentifier: PROBE_IDENTIFIER });
  return new Promise((resolve, reject) => {
    let strangers = false;
    let sent = 0;
    let timer: NodeJS.Timeout | undefined;
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      settle();
    };
    const fail = (reason: NetworkUnavailable["reason"]) => finish(() => reject(new NetworkUnavailable(reason)));
    const send = () => {
      if (sent === tries) return fail(strangers ? "bad_answer" : "timeout");
      sent += 1;
      timer = setTimeout(send, timeoutMs);
      socket.send(packet);
    };
    socket.on("error", () => fail("refused"));
    socket.on("message", (datagram) => {
      const answer = decodeAnswer(datagram, request);
      if (answer) finish(() => resolve(answer));
      else strangers = true;
    });
    socket.on("connect", send);
    socket.connect(authPort, address);
  });
}
