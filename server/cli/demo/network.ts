import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { networkServers } from "@/db/schema";
import { createServices } from "@/server/domain/provisioning";
import { accountNumber } from "./arrivals";
import type { Home, Promised, Town } from "./town";

/** In the addresses kept for documentation (RFC 5737): no router of anybody answers there. */
const SERVERS = [
  { id: 1, address: "192.0.2.11", shortName: "bras-perm-1", vendor: "mikrotik" },
  { id: 2, address: "192.0.2.12", shortName: "bras-perm-2", vendor: "mikrotik" },
  { id: 3, address: "192.0.2.21", shortName: "bras-krasnokamsk", vendor: "accel-ppp" },
  { id: 4, address: "192.0.2.31", shortName: "bras-dobryanka", vendor: "accel-ppp" },
];

/** Behind the jobs of people who are waiting for theirs. */
const LATER = 20;

/** Gives every account's latest internet subscription its network account, in the state that today's rule wants. */
export async function connect(town: Town): Promise<number> {
  await town.ctx.db
    .insert(networkServers)
    .values(SERVERS.map((server) => ({ ...server, secret: randomBytes(18).toString("base64url") })));
  const lines = [...town.homes.values()].flatMap((home) => {
    const latest = latestInternet(town, home);
    return latest ? [{ home, latest }] : [];
  });
  let addresses = 10;
  const created = await createServices(
    town.ctx,
    lines.map(({ home, latest }) => ({
      accountId: home.accountId,
      subscriptionId: latest.id,
      login: `uz${accountNumber(home.place)}`,
      staticIp: home.plan.additions.includes("static-address") ? `198.51.100.${addresses++}` : null,
    })),
  );
  await town.ctx.db.execute(sql`
    select count(*) from graphile_worker.reschedule_jobs(array(
      select id from graphile_worker.jobs where task_identifier = 'apply_service'), priority := ${LATER})`);
  return created.length;
}

/** The one that runs today; of a subscriber who left, the last one. A tariff agreed for the next month is not yet it. */
function latestInternet(town: Town, home: Home): Promised | undefined {
  return home.promises
    .filter((one) => one.startedOn <= town.today && town.catalog.tariffs.get(one.tariffId)?.kind === "internet")
    .sort((a, b) => (a.startedOn < b.startedOn ? -1 : 1))
    .at(-1);
}
