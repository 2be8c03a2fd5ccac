import { runCommand } from "@/server/cli/run-command";
import { startStack } from "@/server/cli/stack";

await runCommand(async (command) => {
  const { url } = await startStack(command, { mode: "production" });
  console.log(`\nUzel runs at ${url}. Ctrl-C stops it.`);
  await command.interrupted;
});
