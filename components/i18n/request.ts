import { cookies } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { env } from "@/server/env";
import { LOCALE_COOKIE, toLocale } from "./locale";
import { messages } from "./messages";

/**
 * The language is the person's own choice (a cookie), never a guess from the browser's headers;
 * every instant is shown in the operator's zone, whatever the browser's own zone is.
 */
export default getRequestConfig(async () => {
  const locale = toLocale((await cookies()).get(LOCALE_COOKIE)?.value);
  return { locale, messages: messages[locale], timeZone: env.OPERATOR_ZONE };
});
