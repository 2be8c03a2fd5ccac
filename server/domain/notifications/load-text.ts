import { asc } from "drizzle-orm";
import { legalEntities } from "@/db/schema";
import type { Context } from "@/server/platform/context";
import type { Channel } from "./constants";
import { templateNotFound } from "./errors";
import { readTexts } from "./internal";
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
  const [texts, [entity]] = await Promise.all([
    readTexts(ctx, code),
    ctx.db.select({ name: legalEntities.name }).from(legalEntities).orderBy(asc(legalEntities.createdAt)).limit(1),
  ]);
  const template = texts.find((text) => text.locale === addressee.locale);
  if (!template) throw templateNotFound();
  const values = messageValues(addressee, occasion, { payUrl, operator: entity?.name ?? "" });
  return {
    subject: fillTemplate(template.subject, values),
    text: fillTemplate(channel === "email" ? template.body : template.short, values),
  };
}
