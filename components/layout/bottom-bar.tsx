import { Ellipsis } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Fold } from "./fold";
import { type NavItem, splitForPhone } from "./nav-item";
import { NavLink } from "./nav-link";

const place =
  "flex h-full min-w-0 flex-col items-center justify-center gap-[3px] px-1 text-[0.71875rem] font-medium text-muted aria-[current=page]:text-signal-text [&_svg]:size-[22px] [&_svg]:stroke-[1.8]";

type Props = { items: readonly NavItem[]; extra?: ReactNode; preferences: ReactNode };

/** The menu of a phone: up to four places and «Ещё», which holds the rest, the language and the theme. */
export function BottomBar({ items, extra, preferences }: Props) {
  const t = useTranslations("layout");
  const { bar, more } = splitForPhone(items);
  return (
    <nav
      aria-label={t("mainNav")}
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      <ul className="grid h-[66px] auto-cols-fr grid-flow-col">
        {bar.map((item) => (
          <li key={item.href} className="min-w-0">
            <NavLink href={item.href} exact={item.exact} also={item.also} keep={item.keep} className={place}>
              {item.icon}
              <span className="max-w-full truncate">{item.shortLabel ?? item.label}</span>
            </NavLink>
          </li>
        ))}
        <li className="min-w-0">
          <Fold
            label={t("more")}
            className="h-full"
            summaryClassName={place}
            summary={
              <>
                <Ellipsis aria-hidden="true" />
                <span>{t("more")}</span>
              </>
            }
            panelClassName="absolute inset-x-0 bottom-full grid max-h-[70dvh] gap-4 overflow-y-auto rounded-t-hero border border-b-0 border-line bg-surface p-4 shadow-popup"
          >
            {more.length > 0 ? (
              <ul className="grid gap-0.5">
                {more.map((item) => (
                  <li key={item.href}>
                    <NavLink
                      href={item.href}
                      exact={item.exact}
                      keep={item.keep}
                      className="flex min-h-11 items-center gap-3 rounded-control px-2 font-medium aria-[current=page]:bg-sunken [&_svg]:size-5 [&_svg]:text-muted"
                    >
                      {item.icon}
                      {item.label}
                    </NavLink>
                  </li>
                ))}
              </ul>
            ) : null}
            {extra}
            {preferences}
          </Fold>
        </li>
      </ul>
    </nav>
  );
}
