import { Monitor, Moon, Sun } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { LOCALES } from "@/components/i18n/locale";
import { THEMES, type Theme } from "@/components/lib/theme";
import { chooseLocale, chooseTheme } from "./preferences-actions";

const ICONS = { system: Monitor, light: Sun, dark: Moon };

const group = "inline-flex rounded-control border border-line bg-sunken p-[3px]";
const choice =
  "inline-flex min-h-[34px] min-w-[38px] items-center justify-center rounded-[7px] px-2 text-small font-medium text-muted hover:text-ink aria-pressed:bg-surface aria-pressed:text-ink aria-pressed:outline aria-pressed:outline-line focus-visible:outline-2 focus-visible:outline-info [&_svg]:size-4";

/** Language and theme side by side. Forms of buttons: they work before and without JavaScript. */
export function PreferenceForms({ theme }: { theme: Theme }) {
  return (
    <div className="flex flex-wrap items-center gap-2" data-print="hide">
      <LocaleSwitch />
      <ThemeSwitch theme={theme} />
    </div>
  );
}

function ThemeSwitch({ theme }: { theme: Theme }) {
  const t = useTranslations("layout");
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

function LocaleSwitch() {
  const t = useTranslations("layout");
  const current = useLocale();
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
