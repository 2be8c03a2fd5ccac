import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const FOLDERS = ["app", "components", "server", "db", "public"];

/** The page that `page` measures against: rendered on the server for every request, with one query and nothing else. */
const EMPTY_PAGE = `import { webDatabase } from "@/server/auth/database";

export const dynamic = "force-dynamic";

export default async function EmptyPage() {
  const { sql } = await webDatabase();
  const [row] = await sql\`select balance_minor from account_balances limit 1\`;
  return <main>{String(row?.balance_minor)}</main>;
}
`;

export const EMPTY_PATH = "/bench-empty";

/**
 * A copy of the application with the empty page in it, so that the product itself never holds one. It lies inside the
 * repository, in the folder of data that git ignores, because the bundler looks for packages upwards from where it builds.
 */
export function copyWithEmptyPage(): { root: string; remove: () => Promise<void> } {
  const root = join(ROOT, ".data", `bench-page-${process.pid}`);
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const top = readdirSync(ROOT, { withFileTypes: true })
    .filter((file) => file.isFile() && /^(package\.json|tsconfig\.json|.*\.(ts|mjs))$/.test(file.name))
    .map((file) => file.name);
  for (const name of [...top, ...FOLDERS]) cpSync(join(ROOT, name), join(root, name), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  leaveTypesUnchecked(join(root, "next.config.ts"));
  mkdirSync(join(root, "app", EMPTY_PATH));
  writeFileSync(join(root, "app", EMPTY_PATH, "page.tsx"), EMPTY_PAGE);
  return { root, remove: async () => rmSync(root, { recursive: true, force: true }) };
}

/** The product's own build checks them; here they would only be checked again. */
function leaveTypesUnchecked(configFile: string): void {
  const config = readFileSync(configFile, "utf8");
  const changed = config.replace("const config: NextConfig = {", "$& typescript: { ignoreBuildErrors: true },");
  if (changed === config) throw new Error(`${configFile} is not what the bench knows how to change`);
  writeFileSync(configFile, changed);
}
