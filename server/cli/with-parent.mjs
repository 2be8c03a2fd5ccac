// Loaded into every process the supervisor starts: when the supervisor is killed -9, its channel closes and we end too.
// Forks of such a process load this as well, but their channel leads elsewhere and is theirs.
if (process.channel && process.env.UZEL_SUPERVISOR === String(process.ppid)) {
  process.channel.unref();
  process.on("disconnect", () => {
    setTimeout(() => process.exit(1), 15_000).unref();
    process.kill(process.pid, "SIGTERM");
  });
}
