"use server";

import { revalidatePath } from "next/cache";
import { cookies, headers } from "next/headers";
import { LOCALE_COOKIE, toLocale } from "@/components/i18n/locale";
import { THEME_COOKIE, toTheme } from "@/components/lib/theme";

const YEAR_S = 60 * 60 * 24 * 365;

async function remember(name: string, value: string): Promise<void> {
  const [jar, sent] = await Promise.all([cookies(), headers()]);
  const secure = sent.get("origin")?.startsWith("https:") ?? false;
  jar.set(name, value, { path: "/", maxAge: YEAR_S, sameSite: "lax", httpOnly: true, secure });
  revalidatePath("/", "layout");
}

/** Taste, not data: kept in the browser, known to the server, so the page comes in the right theme at once. */
export async function chooseTheme(form: FormData): Promise<void> {
  await remember(THEME_COOKIE, toTheme(String(form.get("theme"))));
}

export async function chooseLocale(form: FormData): Promise<void> {
  await remember(LOCALE_COOKIE, toLocale(String(form.get("locale"))));
}
