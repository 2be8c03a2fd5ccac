export { createUser, createUsers } from "./create-user";
export { endOtherSessions, endSession } from "./end-session";
export { IDENTITY_SCHEDULES } from "./jobs";
export { type Permission, POLICY, type PolicyRow, ROLES_OF_STAFF } from "./policy";
export { listSessions, readSession, type SessionReading, type SessionSummary, type UserActor } from "./read-session";
export { may, requireAccounts, requirePermission, type Scope, scopeOf } from "./require-permission";
export type { CreateUserInput, StartSessionInput } from "./schema";
export { beginTotp, confirmTotp, type TotpOffer } from "./set-up-totp";
export { type StartedSession, startSession } from "./start-session";
