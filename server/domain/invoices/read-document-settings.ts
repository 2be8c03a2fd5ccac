import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { readLastChange, readSettings, readStored, type SettingChange } from "@/server/platform/settings";
import { INVOICE_SETTINGS } from "./constants";

export interface DocumentSettings {
  readonly settings: Awaited<ReturnType<typeof readSettings<typeof INVOICE_SETTINGS>>>;
  /** To be said by whoever changes them. */
  readonly mark: string;
  readonly changed: SettingChange | null;
}

export const DOCUMENT_SETTING_KEYS = Object.values(INVOICE_SETTINGS).map((setting) => setting.key);

/** What documents, corrections and advances go by, and who changed any of it last. */
export async function readDocumentSettings(ctx: Context): Promise<DocumentSettings> {
  requirePermission(ctx, "setting:read");
  const [settings, { mark }, changed] = await Promise.all([
    readSettings(ctx, INVOICE_SETTINGS),
    readStored(ctx, DOCUMENT_SETTING_KEYS),
    readLastChange(ctx, DOCUMENT_SETTING_KEYS),
  ]);
  return { settings, mark, changed };
}
