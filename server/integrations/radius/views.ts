import { sql } from "drizzle-orm";
import type { NetworkPort } from "@/server/domain/provisioning/ports";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { accessOf, noAccess } from "./access-reply";

/** No RADIUS is configured: reads what it would answer from the views it would read. */
export function createViews(db: Context["db"]): NetworkPort {
  return {
    mode: "views",
    async readAccess(login, secret) {
      const rows = await rowsOf<{ attribute: string; value: string }>(
        { db },
        sql`select attribute, value from radius.radcheck where username = ${login}
            union all select attribute, value from radius.radreply where username = ${login}`,
      );
      const attribute = (name: string) => rows.find((row) => row.attribute === name)?.value ?? null;
      if (attribute("Cleartext-Password") !== secret) return noAccess();
      return accessOf(attribute("Mikrotik-Rate-Limit"), attribute("Mikrotik-Address-List")) ?? noAccess();
    },
  };
}
