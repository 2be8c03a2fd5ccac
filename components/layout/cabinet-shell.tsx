import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { BottomBar } from "./bottom-bar";
import { Brand } from "./brand";
import type { NavItem } from "./nav-item";
import { NavLink } from "./nav-link";
import { CONTENT_ID, SkipLink } from "./skip-link";

type Props = {
  items: readonly NavItem[];
  homeHref: string;
  /** Which account one looks at, and how to change it: top right. */
  account?: ReactNode;
  /** Full-width lines above everything: test mode, an outage, "viewing as". */
  banner?: ReactNode;
  /** Sign-out and the like: under the menu on a desktop, behind «Ещё» on a phone. */
  extra?: ReactNode;
  /** Language and theme: below `extra`. */
  preferences: ReactNode;
  children: ReactNode;
};

/** The subscriber's frame: a top bar and a bottom bar on a phone, a side menu on a desktop. */
export function CabinetShell({ items, homeHref, account, banner, extra, preferences, children }: Props) {
  const t = useTranslations("layout");
  return (
    <>
      <SkipLink />
      <header data-print="hide">
        {banner}
        <div className="mx-auto flex h-15 max-w-[1112px] items-center justify-between gap-4 px-4">
          <Brand href={homeHref} />
          {account}
        </div>
      </header>
      <div className="mx-auto max-w-[1112px] px-4 pb-[calc(92px+env(safe-area-inset-bottom))] lg:pb-10">
        <div className="lg:grid lg:grid-cols-[196px_minmax(0,1fr)] lg:gap-9 lg:pt-9">
          <div className="max-lg:hidden" data-print="hide">
            <div className="sticky top-6 grid gap-6">
              <nav aria-label={t("mainNav")}>
                <ul className="grid gap-0.5">
                  {items.map((item) => (
                    <li key={item.href}>
                      <NavLink
                        href={item.href}
                        exact={item.exact}
                        keep={item.keep}
                        className="flex min-h-10 items-center gap-[11px] rounded-control border border-transparent px-3 font-medium text-muted hover:text-ink aria-[current=page]:border-line aria-[current=page]:bg-surface aria-[current=page]:text-ink [&_svg]:size-[19px] [&_svg]:shrink-0 [&_svg]:stroke-[1.8]"
                      >
                        {item.icon}
                        {item.label}
                      </NavLink>
                    </li>
                  ))}
                </ul>
              </nav>
              {extra}
              {preferences}
            </div>
          </div>
          <main id={CONTENT_ID} tabIndex={-1} className="min-w-0 outline-none">
            {children}
          </main>
        </div>
      </div>
      <BottomBar items={items} extra={extra} preferences={preferences} />
    </>
  );
}
