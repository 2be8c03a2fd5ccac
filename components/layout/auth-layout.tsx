import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Mark } from "@/components/ui/mark";
import { Brand } from "./brand";
import { Preferences } from "./preferences";
import { CONTENT_ID, SkipLink } from "./skip-link";

type Props = { title: ReactNode; sub?: ReactNode; banner?: ReactNode; children: ReactNode };

/** One task on a quiet page: sign-in, a code, a new password, the answer after a payment. */
export function AuthLayout({ title, sub, banner, children }: Props) {
  const t = useTranslations("layout");
  return (
    <>
      <SkipLink />
      <div className="grid min-h-dvh lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
        <aside className="on-night relative overflow-hidden bg-night text-night-ink max-lg:hidden">
          <Mark className="absolute -bottom-24 -left-20 size-[36rem] stroke-[1.6] text-night-ink opacity-[0.06]" />
          <p className="absolute inset-x-12 top-1/3 max-w-md text-[1.75rem] leading-[1.25] font-semibold tracking-[-0.02em] text-balance">
            {t("promise")}
          </p>
        </aside>
        <div className="mx-auto flex w-full max-w-[27rem] flex-col px-5 py-5">
          <header className="grid gap-4">
            {banner}
            <Brand href="/" />
          </header>
          <main id={CONTENT_ID} tabIndex={-1} className="my-auto grid gap-5 py-8 outline-none">
            <div>
              <h1 className="text-title font-semibold">{title}</h1>
              {sub ? <p className="mt-1 text-muted">{sub}</p> : null}
            </div>
            {children}
          </main>
          <footer>
            <Preferences />
          </footer>
        </div>
      </div>
    </>
  );
}
