import { Settings2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Mark } from "@/components/ui/mark";
import { BottomBar } from "./bottom-bar";
import { Brand } from "./brand";
import { Fold } from "./fold";
import type { NavItem } from "./nav-item";
import { NavLink } from "./nav-link";
import { Preferences } from "./preferences";
import { CONTENT_ID, SkipLink } from "./skip-link";

type Props = {
  items: readonly NavItem[];
  homeHref: string;
  /** Search and other things at hand: over the page on a desktop, in the top bar of a phone. */
  top?: ReactNode;
  /** Who is signed in, and the way out: behind the last button of the rail, behind «Ещё» on a phone. */
  account?: ReactNode;
  banner?: ReactNode;
  children: ReactNode;
};

const cell =
  "peer grid size-10 place-items-center rounded-[10px] hover:bg-night-ink/6 hover:text-night-ink aria-[current=page]:bg-night-ink/10 aria-[current=page]:text-night-ink [&_svg]:size-[22px] [&_svg]:stroke-[1.8]";
const tip =
  "pointer-events-none invisible absolute top-1/2 left-full z-50 ml-2 -translate-y-1/2 rounded-[8px] bg-ink px-2.5 py-1.5 text-small whitespace-nowrap text-paper shadow-popup peer-hover:visible peer-focus-visible:visible";

/** The staff frame: a dark rail of sections on a desktop, a bar of them on a phone; dense type. */
export function StaffShell({ items, homeHref, top, account, banner, children }: Props) {
  const t = useTranslations("layout");
  return (
    <div className="text-[0.875rem] leading-[1.45] lg:grid lg:min-h-dvh lg:grid-cols-[var(--rail)_minmax(0,1fr)]">
      <SkipLink />
      <nav
        aria-label={t("mainNav")}
        className="on-night sticky top-0 z-20 h-dvh flex-col items-center bg-night py-3 text-night-muted max-lg:hidden lg:flex print:hidden"
      >
        <Link href={homeHref} aria-label={t("brand")} className="mb-3 grid size-10 place-items-center text-signal-loud">
          <Mark className="size-[30px]" />
        </Link>
        <ul className="grid flex-1 content-start gap-1">
          {items.map((item) => (
            <li key={item.href} className="relative">
              <NavLink href={item.href} exact={item.exact} also={item.also} label={item.label} className={cell}>
                {item.icon}
              </NavLink>
              <span aria-hidden="true" className={tip}>
                {item.label}
              </span>
            </li>
          ))}
        </ul>
        <Fold
          label={t("menu")}
          className="relative"
          summaryClassName={cell}
          summary={<Settings2 aria-hidden="true" />}
          panelClassName="absolute bottom-0 left-full z-50 ml-3 grid min-w-56 gap-4 card p-4 text-ink shadow-popup"
        >
          {account}
          <Preferences />
        </Fold>
      </nav>
      <div className="flex min-w-0 flex-col pb-[calc(66px+env(safe-area-inset-bottom))] lg:pb-0">
        <header data-print="hide">
          {banner}
          <div className="flex items-center gap-4 px-4 pt-3 lg:px-7 lg:pt-4">
            <Brand href={homeHref} className="lg:hidden" />
            <div className="min-w-0 flex-1">{top}</div>
          </div>
        </header>
        <main id={CONTENT_ID} tabIndex={-1} className="min-w-0 flex-1 px-4 py-4 outline-none lg:px-7 lg:py-5">
          {children}
        </main>
      </div>
      <BottomBar items={items} extra={account} preferences={<Preferences />} />
    </div>
  );
}
