import { type IncomingMessage, Server } from "node:http";

/** Carries the socket's own address from the HTTP server to route handlers, which are not shown the socket. */
export const PEER_HEADER = "x-uzel-peer";

const MARK = Symbol.for("uzel.peer-address");

/**
 * Writes the address of the socket over whatever the sender put into `x-uzel-peer`, for every request of every HTTP
 * server of this process. Without it X-Forwarded-For is all one has, and anybody may write that.
 */
export function namePeers(): void {
  const prototype = Server.prototype as Server & { [MARK]?: true };
  if (prototype[MARK]) return;
  prototype[MARK] = true;
  const emit = prototype.emit;
  prototype.emit = function (this: Server, event: string | symbol, ...args: unknown[]): boolean {
    if (event === "request") writePeer(args[0] as IncomingMessage);
    return Reflect.apply(emit, this, [event, ...args]);
  };
}

function writePeer(request: IncomingMessage): void {
  const address = request.socket?.remoteAddress;
  if (address === undefined) delete request.headers[PEER_HEADER];
  else request.headers[PEER_HEADER] = address;
}
