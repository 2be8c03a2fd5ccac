import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { readLastChange, readStored, type SettingChange } from "@/server/platform/settings";
import { SUSPENSION_SETTING } from "./constants";
import { SuspensionPolicy } from "./schema";

export interface SuspensionSetting {
  readonly policy: SuspensionPolicy;
  /** What is stored does not fit and suspends nothing; `policy` is the defaults then, to be looked at and saved. */
  readonly isBroken: boolean;
  /** To be said by whoever changes it. */
  readonly mark: string;
  readonly changed: SettingChange | null;
}

/** The operator's terms of a pause as they stand, and who changed them last. */
export async function readSuspensionSetting(ctx: Context): Promise<SuspensionSetting> {
  requirePermission(ctx, "setting:read");
  const [{ values, mark }, changed] = await Promise.all([
    readStored(ctx, [SUSPENSION_SETTING]),
    readLastChange(ctx, [SUSPENSION_SETTING]),
  ]);
  const read = SuspensionPolicy.safeParse(values[SUSPENSION_SETTING] ?? {});
  return { policy: read.data ?? SuspensionPolicy.parse({}), isBroken: !read.success, mark, changed };
}
