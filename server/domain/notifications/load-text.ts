import { and, asc, eq } from "drizzle-orm";
import { legalEntities, messageTemplates } from "@/db/schema";
import type { Context } from "@/server/platform/context";
import type { Channel } from "./constants";
import { templateNotFound } from "./errors";
import type { Occasion } from "./rules/due-steps";
import { fillTemplate } from "./rules/fill-template";
import { type Addressee, messageValues } from "./rules/message-values";

export interface MessageText {
  readonly subject: string;
  readonly text: string;
}

export interface TextOf {
  readonly code: string;
  readonly channel: Channel;
  readonly addressee: Addressee;
  readonly occasion: Occasion;
  readonly payUrl: string;
}

/** The text of a message in the subscriber's language, of what is true now. */
export async function loadText(
  ctx: Context,
  { code, channel, addressee, occasion, payUrl }: TextOf,
): Promise<MessageText> {
  const [[template], [entity]] = await Promise.all([
    ctx.db
      .select()
      .from(messageTemplates)
      .where(and(eq(messageTemplates.code, code), eq(messageTemplates.locale, addressee.locale))),
    ctx.db.select({ name: legalEntities.name }).from(legalEntities).orderBy(asc(legalEntities.createdAt)).limit(1),
  ]);
  if (!template) throw templateNotFound();
  const values = messageValues(addressee, occasion, { payUrl, operator: entity?.name ?? "" });
  return {
    subject: fillTemplate(template.subject, values),
    text: fillTemplate(channel === "email" ? template.body : template.short, values),
  };
}
