import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { readLastChange, readStored, type SettingChange } from "@/server/platform/settings";
import { PROMISED_SETTING } from "./constants";
import { PromisedPolicy } from "./schema";

export interface PromisedSetting {
  readonly policy: PromisedPolicy;
  /** What is stored does not fit and promises nothing; `policy` is the defaults then, to be looked at and saved. */
  readonly isBroken: boolean;
  /** To be said by whoever changes it. */
  readonly mark: string;
  readonly changed: SettingChange | null;
}

/** The operator's terms of a promised payment as they stand, and who changed them last. */
export async function readPromisedSetting(ctx: Context): Promise<PromisedSetting> {
  requirePermission(ctx, "setting:read");
  const [{ values, mark }, changed] = await Promise.all([
    readStored(ctx, [PROMISED_SETTING]),
    readLastChange(ctx, [PROMISED_SETTING]),
  ]);
  const read = PromisedPolicy.safeParse(values[PROMISED_SETTING] ?? {});
  return { policy: read.data ?? PromisedPolicy.parse({}), isBroken: !read.success, mark, changed };
}
