import { parseArgs } from "node:util";
import { startFakeYookassa } from "./server";

/**
 * The fake provider as a process of its own. Prints one line of JSON when it listens: { "ready": true, "port", … }.
 * Stops on SIGTERM, SIGINT, or when the parent that spawned it with IPC goes away.
 */
const USAGE =
  "usage: main.ts --port N --webhook-url URL --state-file FILE --shop-id ID --secret-key KEY [--public-url URL]";

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: "string" },
        "webhook-url": { type: "string" },
        "state-file": { type: "string" },
        "shop-id": { type: "string" },
        "secret-key": { type: "string" },
        "public-url": { type: "string" },
      },
    });
    const {
      port,
      "webhook-url": webhookUrl,
      "state-file": storeFile,
      "shop-id": shopId,
      "secret-key": secretKey,
    } = values;
    if (!port || !/^\d{1,5}$/.test(port) || !webhookUrl || !storeFile || !shopId || !secretKey) return fail(USAGE);
    const publicUrl = values["public-url"];
    return { port: Number(port), webhookUrl, storeFile, shopId, secretKey, ...(publicUrl && { publicUrl }) };
  } catch {
    return fail(USAGE);
  }
}

const options = readOptions();
const fake = await startFakeYookassa(options).catch((error: unknown) => {
  const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  return fail(taken ? `fake provider: port ${options.port} is taken` : `fake provider: ${(error as Error).message}`);
});
process.stdout.write(
  `${JSON.stringify({ ready: true, port: fake.port, apiUrl: fake.apiUrl, publicUrl: fake.publicUrl })}\n`,
);

let stopping = false;
function stop(): void {
  if (stopping) return;
  stopping = true;
  void fake.close().then(() => process.exit(0));
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
process.on("disconnect", stop);
