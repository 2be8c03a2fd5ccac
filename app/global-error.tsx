"use client";

import "./globals.css";
import { buttonStyle } from "@/components/ui/button-style";
import { Mark } from "@/components/ui/mark";

/** Shown when the root layout itself fails, so nothing is known about language or theme: both languages, plain links. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="ru">
      <body>
        <title>Узел</title>
        <main className="mx-auto grid min-h-dvh max-w-md content-center justify-items-start gap-3 px-5">
          <Mark className="size-14 text-signal" />
          <h1 className="text-title font-semibold">Страница не открылась</h1>
          <p className="text-muted">
            На нашей стороне произошла ошибка. Деньги и данные не пострадали. Откройте страницу ещё раз.
          </p>
          <p lang="en" className="text-muted">
            Something went wrong on our side. Money and data are safe. Please open the page again.
          </p>
          {error.digest ? <p className="id text-muted">{error.digest}</p> : null}
          <a href="/" className={buttonStyle({ kind: "primary", className: "mt-2" })}>
            На главную · <span lang="en">Home</span>
          </a>
        </main>
      </body>
    </html>
  );
}
