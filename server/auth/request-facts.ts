import { type IncomingMessage, Server, type ServerResponse } from "node:http";
import { PATH_HEADER, PEER_HEADER } from "./request-headers";

const MARK = Symbol.for("uzel.request-facts");

/**
 * Writes the address of the socket and the path over whatever the sender put into our two headers, for every request of
 * every HTTP server of this process, and turns away addresses that hold NUL. Without it X-Forwarded-For is all one has, and anybody may write that.
 */
export function nameRequests(): void {
  const prototype = Server.prototype as Server & { [MARK]?: true };
  if (prototype[MARK]) return;
  prototype[MARK] = true;
  const emit = prototype.emit;
  prototype.emit = function (this: Server, event: string | symbol, ...args: unknown[]): boolean {
    if (event === "request") {
      const [request, response] = args as [IncomingMessage, ServerResponse];
      if (holdsNul(request.url)) {
        response.writeHead(400, { "cache-control": "no-store" }).end();
        return true;
      }
      writeFacts(request);
    }
    return Reflect.apply(emit, this, [event, ...args]);
  };
}

/** No text of ours may hold NUL, so an address with one is nobody's honest question, whatever page it asks. */
const holdsNul = (url: string | undefined) => url?.includes("%00") ?? false;

function writeFacts(request: IncomingMessage): void {
  const address = request.socket?.remoteAddress;
  if (address === undefined) delete request.headers[PEER_HEADER];
  else request.headers[PEER_HEADER] = address;
  request.headers[PATH_HEADER] = (request.url ?? "/").split("?")[0];
}
