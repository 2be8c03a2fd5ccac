import { sql } from "drizzle-orm";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import type { NetworkContext } from "../internal";
import { type NetworkPort, NetworkUnavailable, type NetworkView } from "../ports";

/** A network that answers what the test tells it to; at first, what the RADIUS views say. */
export function scriptedNetwork(ctx: Context) {
  let script: (() => Promise<NetworkView>) | null = null;
  let asked = 0;
  const network: NetworkPort = {
    mode: "probe",
    async readAccess(login) {
      asked += 1;
      return script ? script() : viewsSay(ctx, login);
    },
  };
  return {
    network,
    asked: () => asked,
    obeys: () => {
      script = null;
    },
    says: (view: NetworkView) => {
      script = async () => view;
    },
    isAway: (reason: NetworkUnavailable["reason"] = "timeout") => {
      script = async () => {
        throw new NetworkUnavailable(reason);
      };
    },
    /** Runs `before` while the question is on its way. */
    meanwhile: (before: () => Promise<unknown>) => {
      script = async () => {
        script = null;
        await before();
        return { state: "active", downKbps: 300_000, upKbps: 300_000 };
      };
    },
    with: <C extends Context>(given: C): C & NetworkContext => ({ ...given, ports: { network } }),
  };
}

async function viewsSay(ctx: Context, login: string): Promise<NetworkView> {
  const rows = await rowsOf<{ attribute: string; value: string }>(
    ctx,
    sql`select attribute, value from radius.radreply where username = ${login}`,
  );
  const [up, down] = (rows.find((row) => row.attribute === "Mikrotik-Rate-Limit")?.value ?? "").match(/\d+/g) ?? [];
  if (!up || !down) return { state: "closed", downKbps: null, upKbps: null };
  const paid = rows.some((row) => row.value === "paid");
  return { state: paid ? "active" : "walled", downKbps: Number(down), upKbps: Number(up) };
}
