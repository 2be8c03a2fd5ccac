import { and, eq } from "drizzle-orm";
import { messageTemplates } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { templateNotFound } from "./errors";
import { readTexts } from "./internal";
import { checkTemplate } from "./rules/fill-template";
import { eventOfTemplate } from "./rules/message-values";
import { ChangeTemplateInput } from "./schema";

/**
 * Rewrites one text in one language. Every placeholder must be one that messages of its event can fill: throws `invalid`
 * (`template.unknown_placeholder`, `template.stray_brace`) and nothing is changed.
 */
export async function changeTemplate(ctx: Context, raw: ChangeTemplateInput): Promise<void> {
  requirePermission(ctx, "reminder:edit");
  const { code, locale, ...texts } = ChangeTemplateInput.parse(raw);
  const event = eventOfTemplate(code);
  for (const text of Object.values(texts)) checkTemplate(event, text);
  await withTransaction(ctx, async (tx) => {
    const which = and(eq(messageTemplates.code, code), eq(messageTemplates.locale, locale));
    await tx.db.select({ code: messageTemplates.code }).from(messageTemplates).where(which).for("update");
    const before = (await readTexts(tx, code)).find((text) => text.locale === locale);
    if (!before) throw templateNotFound();
    await tx.db
      .insert(messageTemplates)
      .values({ code, locale, ...texts })
      .onConflictDoUpdate({ target: [messageTemplates.code, messageTemplates.locale], set: texts });
    await record(tx, {
      audit: [
        {
          action: "reminder.change_template",
          entity: "message_template",
          entityId: `${code}/${locale}`,
          before: { subject: before.subject, body: before.body, short: before.short },
          after: texts,
        },
      ],
    });
  });
}
