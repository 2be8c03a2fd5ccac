import type { Role } from "@/server/platform/roles";

export interface DemoLogin {
  readonly role: Role;
  readonly login: string;
}

/** Known to everybody, so these logins are made by the demo alone and shown only where `UZEL_DEMO` is set. */
export const DEMO_PASSWORD = "uzel-demo";

export const DEMO_LOGINS: readonly DemoLogin[] = [
  { role: "subscriber", login: "+7 912 000-00-01" },
  { role: "support_agent", login: "agent@uzel.example" },
  { role: "support_lead", login: "lead@uzel.example" },
  { role: "billing_operator", login: "billing@uzel.example" },
  { role: "product_manager", login: "product@uzel.example" },
  { role: "manager", login: "manager@uzel.example" },
  { role: "admin", login: "admin@uzel.example" },
];
