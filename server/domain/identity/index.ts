export { type Permission, POLICY, type PolicyRow, ROLES_OF_STAFF } from "./policy";
export { may, requireAccounts, requirePermission, type Scope, scopeOf } from "./require-permission";
