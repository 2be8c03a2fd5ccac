import { asc } from "drizzle-orm";
import { messageTemplates } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import type { MessageLocale, ReminderEvent } from "./constants";
import { eventOfTemplate } from "./rules/message-values";
import { type TemplateText, withStandardTexts } from "./rules/standard-ladder";

export interface MessageTemplate extends TemplateText {
  readonly event: ReminderEvent;
  readonly locale: MessageLocale;
}

/** Every text there is, in both languages, by code. */
export async function listTemplates(ctx: Context): Promise<MessageTemplate[]> {
  requirePermission(ctx, "reminder:read");
  const rows = await ctx.db
    .select()
    .from(messageTemplates)
    .orderBy(asc(messageTemplates.code), asc(messageTemplates.locale));
  return withStandardTexts(rows).map((row) => ({
    ...row,
    event: eventOfTemplate(row.code),
    locale: row.locale === "en" ? "en" : "ru",
  }));
}
