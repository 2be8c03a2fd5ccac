import { stack } from "../fixtures/stack";

/** Holds the stack's own worker still while `work` looks at what nobody has processed yet. */
export async function withSleepingWorker<T>(work: () => Promise<T>): Promise<T> {
  const pid = stack().processes.worker;
  if (!pid) throw new Error("The stack has no worker.");
  process.kill(pid, "SIGSTOP");
  try {
    return await work();
  } finally {
    process.kill(pid, "SIGCONT");
  }
}
