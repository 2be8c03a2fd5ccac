const PASSED_ON = ["sslmode", "sslrootcert", "sslcert", "sslkey"];

/** A value that cannot be written into a FreeRADIUS configuration. */
export class RadiusConfigError extends Error {
  override readonly name = "RadiusConfigError";
}

/**
 * libpq's `key='value'` form of a postgres:// URL, with the limits RADIUS needs: a NAS gives up after a few seconds, so
 * a query that takes longer is of no use to it. The password stands in a file of its own: FreeRADIUS prints this text.
 * @throws RadiusConfigError when a part holds `${`, which FreeRADIUS would expand and has no escape for.
 */
export function conninfo(url: string, passwordFile: string): string {
  const { host, port, dbname, user } = partsOf(url);
  const { searchParams } = new URL(url);
  const parts: [string, string][] = [
    ["host", host],
    ["port", port],
    ["dbname", dbname],
    ["user", user],
    ["passfile", passwordFile],
    ["connect_timeout", "2"],
    ["options", "-c statement_timeout=3000 -c lock_timeout=1000"],
    ...PASSED_ON.flatMap((key): [string, string][] => {
      const value = searchParams.get(key);
      return value ? [[key, value]] : [];
    }),
  ];
  const text = parts.map(([key, value]) => `${key}='${value.replace(/[\\']/g, "\\$&")}'`).join(" ");
  if (text.includes("${"))
    throw new RadiusConfigError("The RADIUS role's database URL may not hold the characters ${.");
  return text;
}

/** The one line of libpq's password file. */
export function passwordLine(url: string): string {
  const { host, port, dbname, user, password } = partsOf(url);
  if (/[\r\n]/.test(password)) throw new RadiusConfigError("The RADIUS role's password may not hold a line break.");
  return `${[host, port, dbname, user, password].map((part) => part.replace(/[\\:]/g, "\\$&")).join(":")}\n`;
}

function partsOf(url: string) {
  const { hostname, port, pathname, username, password, searchParams } = new URL(url);
  return {
    host: searchParams.get("host") ?? hostname.replace(/^\[|\]$/g, ""),
    port: port || "5432",
    dbname: decodeURIComponent(pathname.slice(1)),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
}
