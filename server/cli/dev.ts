import { runCommand } from "@/server/cli/run-command";
import { startStack } from "@/server/cli/stack";

await runCommand(async (command) => {
  const { url } = await startStack(command, { mode: "development" });
  console.log(
    `\nUzel runs at ${url} and follows your edits; the worker starts anew with npm run dev. Ctrl-C stops it.`,
  );
  await command.interrupted;
});
