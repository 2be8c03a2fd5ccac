import { acquireEmbedded } from "@/db/embedded";

// A starter in a process of its own, for tests that kill it: says where the server is, then holds it until told to end.
const [dir = "", ownerPassword = ""] = process.argv.slice(2);
const { pid, port, started, release } = await acquireEmbedded({ dir, ownerPassword, database: "uzel" });
process.stdout.write(`${JSON.stringify({ pid, port, started })}\n`);
process.stdin.once("end", async () => {
  await release();
  process.exit(0);
});
process.stdin.resume();
