import { Monitor, Moon, Sun } from "lucide-react";
import { cookies } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import { LOCALES } from "@/components/i18n/locale";
import { THEME_COOKIE, THEMES, toTheme } from "@/components/lib/theme";
import { chooseLocale, chooseTheme } from "./preferences-actions";

const ICONS = { system: Monitor, light: Sun, dark: Moon };

const group = "inline-flex rounded-control border border-line bg-sunken p-[3px]";
const choice =
  "inline-flex min-h-[34px] min-w-[38px] items-center justify-center rounded-[7px] px-2 text-small font-medium text-muted hover:text-ink aria-pressed:bg-surface aria-pressed:text-ink aria-pressed:outline aria-pressed:outline-line focus-visible:outline-2 focus-visible:outline-info [&_svg]:size-4";

/** Three themes as three buttons of a form, so that it works before and without JavaScript. */
export async function ThemeSwitch() {
  const [t, jar] = await Promise.all([getTranslations("layout"), cookies()]);
  const theme = toTheme(jar.get(THEME_COOKIE)?.value);
  return (
    <form action={chooseTheme} aria-label={t("theme")} className={group}>
      {THEMES.map((name) => {
        const Icon = ICONS[name];
        return (
          <button
            type="submit"
            key={name}
            name="theme"
            value={name}
            aria-pressed={name === theme}
            aria-label={t(`themes.${name}`)}
            title={t(`themes.${name}`)}
            className={choice}
          >
            <Icon aria-hidden="true" />
          </button>
        );
      })}
    </form>
  );
}

export async function LocaleSwitch() {
  const [t, current] = await Promise.all([getTranslations("layout"), getLocale()]);
  return (
    <form action={chooseLocale} aria-label={t("language")} className={group}>
      {LOCALES.map((locale) => (
        <button
          type="submit"
          key={locale}
          name="locale"
          value={locale}
          lang={locale}
          aria-pressed={locale === current}
          aria-label={t(`locale.${locale}`)}
          title={t(`locale.${locale}`)}
          className={`${choice} uppercase`}
        >
          {locale}
        </button>
      ))}
    </form>
  );
}

/** Language and theme side by side. */
export function Preferences() {
  return (
    <div className="flex flex-wrap items-center gap-2" data-print="hide">
      <LocaleSwitch />
      <ThemeSwitch />
    </div>
  );
}
