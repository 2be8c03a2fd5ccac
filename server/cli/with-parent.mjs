// Loaded into every process the supervisor starts: when the supervisor is killed -9, its channel closes and we end too.
if (process.channel) {
  process.channel.unref();
  process.on("disconnect", () => {
    setTimeout(() => process.exit(1), 15_000).unref();
    process.kill(process.pid, "SIGTERM");
  });
}
