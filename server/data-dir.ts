import { randomBytes } from "node:crypto";
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { env } from "@/server/env";

/** One line: what is wrong with the data folder. */
export class DataDirError extends Error {
  override readonly name = "DataDirError";
}

const Secrets = z.object({
  /** Password of the embedded server's owner role. */
  databasePassword: z.string().min(32),
  /** Makes the passwords of the app and radius roles when the owner's URL carries none. */
  roleKey: z.string().min(32),
  /** Signs session cookies when NEXTAUTH_SECRET is unset. */
  authSecret: z.string().min(32),
});
export type Secrets = z.infer<typeof Secrets>;

/** The folder that holds everything this installation keeps on disk; made on first use, closed to others. */
export function dataDir(dir: string = env.UZEL_DATA_DIR): string {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new DataDirError(
      `The data folder ${dir} cannot be made (${(error as NodeJS.ErrnoException).code}): set UZEL_DATA_DIR.`,
    );
  }
  return dir;
}

export function secretsFile(dir: string = env.UZEL_DATA_DIR): string {
  return join(dir, "secrets.json");
}

/** Generated once per data folder, readable by its owner only; two first starters agree on one file. */
export function secrets(dir: string = env.UZEL_DATA_DIR): Secrets {
  return readSecrets(dir) ?? createSecrets(dir);
}

export function authSecret(): string {
  return env.NEXTAUTH_SECRET ?? secrets().authSecret;
}

function readSecrets(dir: string): Secrets | null {
  const file = secretsFile(dir);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return null;
    throw new DataDirError(`${file} cannot be read (${code}): it belongs to another user, or UZEL_DATA_DIR is wrong.`);
  }
  const parsed = Secrets.safeParse(parseJson(text));
  if (!parsed.success) throw new DataDirError(`${file} is damaged: restore it from a backup.`);
  return parsed.data;
}

function createSecrets(dir: string): Secrets {
  const file = secretsFile(dataDir(dir));
  const draft = `${file}.${process.pid}`;
  const word = () => randomBytes(32).toString("base64url");
  const fresh: Secrets = { databasePassword: word(), roleKey: word(), authSecret: word() };
  writeFileSync(draft, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  try {
    // A hard link fails when the file is already there, so the first of two starters wins and both read its words.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readSecrets(dir) ?? fresh;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
