import { cookies } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { LOCALE_COOKIE, toLocale } from "./locale";
import { messages } from "./messages";
import { OPERATOR_ZONE } from "./zone";

/** The language is the person's own choice (a cookie), never a guess from the browser's headers. */
export default getRequestConfig(async () => {
  const locale = toLocale((await cookies()).get(LOCALE_COOKIE)?.value);
  return { locale, messages: messages[locale], timeZone: OPERATOR_ZONE };
});
