import { appendFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ChannelPort } from "@/server/domain/notifications/ports";

/**
 * A channel that nobody has connected yet: messages are written, one JSON object a line, to a file of this installation that
 * its owner alone may read. It reaches no subscriber, and every screen that shows it says so.
 */
export function createFileChannel(folder: string, channel: string, now: () => Date = () => new Date()): ChannelPort {
  return {
    carrier: "file",
    async deliver({ key, to, subject, text }) {
      const line = `${JSON.stringify({ at: now().toISOString(), key, to, subject, text })}\n`;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await appendFile(join(folder, `${channel}.ndjson`), line, { mode: 0o600 });
        return { kind: "sent", reason: null };
      } catch {
        return { kind: "again", reason: "cannot_write" };
      }
    },
  };
}
