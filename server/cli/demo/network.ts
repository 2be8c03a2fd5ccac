import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { networkServers } from "@/db/schema";
import { createServices } from "@/server/domain/provisioning";
import { startOfDay } from "@/server/kernel/day";
import { pgArray, rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
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

interface Line {
  readonly home: Home;
  readonly latest: Promised;
  readonly staticIp: string | null;
}

/**
 * Gives every account's latest internet subscription its network account, in the state that today's rule wants, at the
 * moment when it began to want it. The network itself is asked for the first time now.
 */
export async function connect(town: Town): Promise<number> {
  await town.ctx.db
    .insert(networkServers)
    .values(SERVERS.map((server) => ({ ...server, secret: randomBytes(18).toString("base64url") })));
  let addresses = 10;
  const lines = [...town.homes.values()].flatMap((home): Line[] => {
    const latest = latestInternet(town, home);
    const fixed = home.plan.additions.includes("static-address");
    return latest ? [{ home, latest, staticIp: fixed ? `198.51.100.${addresses++}` : null }] : [];
  });
  const since = await readSince(town, lines);
  const moments = Map.groupBy(lines, ({ latest }) => since.get(latest.id) ?? town.ctx.now().getTime());
  await withTransaction(town.ctx, async (tx) => {
    for (const [moment, together] of [...moments].sort(([a], [b]) => a - b)) {
      await createServices(
        { ...tx, now: () => new Date(moment) },
        together.map(({ home, latest, staticIp }) => ({
          accountId: home.accountId,
          subscriptionId: latest.id,
          login: `uz${accountNumber(home.place)}`,
          staticIp,
        })),
      );
    }
    await tx.db.execute(sql`update service_tasks set started_at = ${town.ctx.now().toISOString()}::timestamptz`);
    await tx.db.execute(sql`
      select count(*) from graphile_worker.reschedule_jobs(array(
        select id from graphile_worker.jobs where task_identifier = 'apply_service'), priority := ${LATER})`);
  });
  return lines.length;
}

/**
 * When each line came to be as it is: the end of its subscription, else its latest open block, else its start or the end
 * of its last block. Nothing is older than the books.
 */
async function readSince(town: Town, lines: readonly Line[]): Promise<Map<string, number>> {
  const blocks = await rowsOf<{ subscription_id: string; open_from: string | null; lifted: string | null }>(
    town.ctx,
    sql`
    select s.id as subscription_id, max(b.from_at) filter (where b.until_at is null) as open_from, max(b.until_at) as lifted
    from subscriptions s
    join blocks b on b.account_id = s.account_id and (b.subscription_id is null or b.subscription_id = s.id)
    where s.id = any(${pgArray(
      lines.map(({ latest }) => latest.id),
      "uuid",
    )})
    group by s.id`,
  );
  const held = new Map(blocks.map((row) => [row.subscription_id, row]));
  const opening = startOfDay(town.start, town.ctx.zone).getTime();
  return new Map(
    lines.map(({ latest }) => {
      const { startedOn, endedOn, id } = latest;
      const [began, open] = [startOfDay(startedOn, town.ctx.zone).getTime(), held.get(id)?.open_from];
      if (endedOn && endedOn <= town.today) return [id, startOfDay(endedOn, town.ctx.zone).getTime()];
      if (open) return [id, Math.max(opening, Date.parse(open))];
      return [id, Math.max(opening, began, Date.parse(held.get(id)?.lifted ?? "") || 0)];
    }),
  );
}

/** The one that runs today; of a subscriber who left, the last one. A tariff agreed for the next month is not yet it. */
function latestInternet(town: Town, home: Home): Promised | undefined {
  return home.promises
    .filter((one) => one.startedOn <= town.today && town.catalog.tariffs.get(one.tariffId)?.kind === "internet")
    .sort((a, b) => (a.startedOn < b.startedOn ? -1 : 1))
    .at(-1);
}
