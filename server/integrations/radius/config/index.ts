import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { basename, join, resolve } from "node:path";
import { passwordLine, RadiusConfigError } from "./conninfo";
import { ACCESS_REJECT, DICTIONARY, passwordFile, type RadiusConfig, radiusdConf } from "./radiusd";

export { RadiusConfigError } from "./conninfo";
export type { RadiusConfig } from "./radiusd";
export { PROBE_IDENTIFIER } from "./server";

/** Characters with no meaning inside a FreeRADIUS string, in a path or in SQL. */
const PLAIN = /^[\w./@+=,: -]+$/;

/** Writes a complete configuration directory, readable by its owner only: it holds the database password. */
export function writeRadiusConfig(given: RadiusConfig): RadiusConfig {
  const config = { ...given, dir: resolve(given.dir) };
  for (const [name, value] of [
    ["directory", config.dir],
    ["secret", config.probeSecret],
  ] as const) {
    if (!PLAIN.test(value))
      throw new RadiusConfigError(`The RADIUS ${name} holds a character that FreeRADIUS cannot read.`);
  }
  if (!isIP(config.probeAddress)) throw new RadiusConfigError(`${config.probeAddress} is not an address.`);
  if (config.listen !== "*" && !isIP(config.listen)) throw new RadiusConfigError(`${config.listen} is not an address.`);
  mkdirSync(config.dir, { recursive: true, mode: 0o700 });
  chmodSync(config.dir, 0o700);
  const files = {
    "radiusd.conf": radiusdConf(config),
    dictionary: DICTIONARY,
    access_reject: ACCESS_REJECT,
    [basename(passwordFile(config.dir))]: passwordLine(config.databaseUrl),
    // For `radclient -S <dir>/secret`.
    secret: `${config.probeSecret}\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    const file = join(config.dir, name);
    writeFileSync(file, text, { mode: 0o600 });
    chmodSync(file, 0o600);
  }
  return config;
}
