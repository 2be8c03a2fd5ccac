import { parseArgs } from "node:util";
import { acquireDatabase } from "@/db/connections";
import { migrateDatabase } from "@/db/migrate";
import { openDatabase } from "@/db/open-database";
import { CommandError, runCommand } from "@/server/cli/run-command";
import { findAccount, issueAccess } from "@/server/domain/crm";
import {
  createStaff,
  dropTotp,
  findUser,
  issuePassword,
  type ListedUser,
  listStaff,
  ROLES_OF_STAFF,
} from "@/server/domain/identity";
import { env } from "@/server/env";
import { isDomainError } from "@/server/kernel/errors";
import { type Context, createContext } from "@/server/platform/context";

const USAGE = `npm run user -- add --role <role> --name "<name>" --email <address>   somebody of the operator
npm run user -- add --account <number>                               a subscriber, by account number
npm run user -- reset <login>                                        a new password
npm run user -- reset <login> --second-factor                        forget a lost authenticator
npm run user -- list                                                 everybody of the operator

  <role>    ${ROLES_OF_STAFF.join(", ")}
  <login>   what they sign in with: phone, e-mail, contract or account number

A password is made by the command and shown once; only its hash is kept.`;

const REFUSALS: Readonly<Record<string, string>> = {
  "user.identifier_taken": "Somebody signs in with that already.",
  "user.identifier_malformed": "That is not an e-mail address.",
  "user.disabled": "That login is disabled.",
};

type Options = ReturnType<typeof readOptions>;

const ACTIONS = {
  async add(ctx: Context, { values }: Options) {
    if (values.account !== undefined) return addSubscriber(ctx, values.account);
    const role = ROLES_OF_STAFF.find((one) => one === values.role);
    if (!role || !values.name || !values.email) throw new CommandError(USAGE);
    const { password } = await createStaff(ctx, { role, displayName: values.name, email: values.email });
    tell(values.email, password);
  },

  async reset(ctx: Context, { login, values }: Options) {
    if (!login) throw new CommandError(USAGE);
    const user = await findUser(ctx, login);
    if (!user) throw new CommandError(`Nobody signs in with ${login}.`);
    if (values["second-factor"]) {
      await dropTotp(ctx, user);
      console.log(`${user.displayName} signs in by password alone and may set up a second factor anew.`);
    } else tell(login, (await issuePassword(ctx, user)).password);
  },

  async list(ctx: Context) {
    const staff = await listStaff(ctx);
    if (staff.length === 0) console.log("There is nobody yet.");
    for (const line of table(staff)) console.log(line);
  },
};

await runCommand(async ({ defer }) => {
  const options = readOptions();
  const database = await acquireDatabase();
  defer(database.release);
  await migrateDatabase(database.urls);
  const { db, close } = openDatabase(database.urls.app, { max: 1, name: "uzel user" });
  defer(close);
  const ctx = createContext({ db, actor: { kind: "job", name: "user" }, zone: env.OPERATOR_ZONE });
  try {
    await ACTIONS[options.action](ctx, options);
  } catch (error) {
    if (isDomainError(error)) throw new CommandError(REFUSALS[error.reason] ?? error.message);
    throw error;
  }
});

async function addSubscriber(ctx: Context, number: string): Promise<void> {
  const account = await findAccount(ctx, number);
  if (!account) throw new CommandError(`There is no account ${number}.`);
  const { password, identifiers } = await issueAccess(ctx, account);
  tell(identifiers.map((one) => one.value).join(" or "), password);
}

function tell(login: string, password: string): void {
  console.log(`Login:    ${login}\nPassword: ${password}\nIt is shown this once.`);
}

function table(staff: readonly ListedUser[]): string[] {
  const rows = staff.map(({ role, logins, displayName, hasTotp, disabledAt }) => [
    role,
    logins.join(", "),
    displayName,
    [hasTotp && "second factor", disabledAt && "disabled"].filter(Boolean).join(", "),
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        role: { type: "string" },
        name: { type: "string" },
        email: { type: "string" },
        account: { type: "string" },
        "second-factor": { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    const [action, login, ...more] = positionals;
    if (!values.help && more.length === 0 && (action === "add" || action === "reset" || action === "list")) {
      return { action, login, values } as const;
    }
  } catch (error) {
    throw new CommandError(`${(error as Error).message}\n\n${USAGE}`);
  }
  throw new CommandError(USAGE);
}
