import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { accessOf } from "@/server/integrations/radius/access-reply";
import { stack } from "../fixtures/stack";

export type Access = { code: string | null; access: ReturnType<typeof accessOf> };

/** What a NAS would be told of a line: a real Access-Request by `radclient` to the FreeRADIUS of the stack. */
export async function askRadius({ login, secret }: { login: string; secret: string }): Promise<Access> {
  const { radius } = stack();
  if (!radius) throw new Error("The stack runs without FreeRADIUS: install freeradius, freeradius-postgresql.");
  const child = spawn(
    "radclient",
    ["-x", "-r", "2", "-t", "3", "-S", join(radius.dir, "secret"), `127.0.0.1:${radius.authPort}`, "auth"],
    { stdio: ["pipe", "pipe", "pipe"] },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  child.stdin.end(`User-Name = "${login}", User-Password = "${secret}"\n`);
  await once(child, "close");
  const [, received = ""] = output.split(/^Received /m);
  const attribute = (name: string) => new RegExp(`^\\t${name} = "([^"]*)"$`, "m").exec(received)?.[1] ?? null;
  return {
    code: /^[\w-]+/.exec(received)?.[0] ?? null,
    access: accessOf(attribute("Mikrotik-Rate-Limit"), attribute("Mikrotik-Address-List")),
  };
}
