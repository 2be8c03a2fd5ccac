import { createSocket } from "node:dgram";
import { isFree } from "@/db/embedded/server";
import { CommandError } from "@/server/cli/run-command";

/** Refuses before any work is done, rather than after the build. */
export async function requireFreePort(port: number): Promise<void> {
  // One after the other: our own two trial sockets would take the port from each other.
  if (!(await isFree(port, "127.0.0.1")) || !(await isFree(port, "0.0.0.0"))) {
    throw new CommandError(`Port ${port} is taken by another program: stop it, or set PORT to a free one.`);
  }
}

export function firstFreePort(from: number): Promise<number> {
  return firstFree(from, (port) => isFree(port));
}

/** RADIUS takes two neighbours: authentication and, one above it, accounting. */
export function firstFreeUdpPair(from: number): Promise<number> {
  return firstFree(from, async (port) => (await isUdpFree(port)) && (await isUdpFree(port + 1)));
}

async function firstFree(from: number, free: (port: number) => Promise<boolean>): Promise<number> {
  for (let port = from; port < Math.min(from + 200, 65_535); port += 1) if (await free(port)) return port;
  throw new CommandError(`No free port from ${from} on.`);
}

function isUdpFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket("udp4");
    socket.once("error", () => resolve(false));
    socket.bind(port, "127.0.0.1", () => socket.close(() => resolve(true)));
  });
}
