"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import type { Role } from "@/server/platform/roles";
import { signIn } from "./sign-in";

type Props = {
  logins: readonly { readonly role: Role; readonly login: string; readonly story?: "steady" | "short" }[];
  password: string;
  next: string;
};

/** One press per role, on a demonstration only. */
export function DemoLogins({ logins, password, next }: Props) {
  const t = useTranslations("login");
  const titleId = useId();
  const [busy, setBusy] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);

  async function enter(login: string) {
    setBusy(login);
    setFailed(false);
    const answer = await signIn({ identifier: login, password });
    if (answer.ok) window.location.assign(next);
    else {
      setBusy(null);
      setFailed(true);
    }
  }

  return (
    <section aria-labelledby={titleId} className="card">
      <div className="px-4 pt-3.5 pb-2">
        <h2 id={titleId} className="text-small font-semibold">
          {t("demo.title")}
        </h2>
        <p className="text-small text-muted">
          {t.rich("demo.sub", { password, code: (text) => <span className="id select-all">{text}</span> })}
        </p>
        {failed ? (
          <p role="alert" className="text-small text-danger">
            {t("errors.unexpected")}
          </p>
        ) : null}
      </div>
      <ul className="divide-y divide-line border-t border-line">
        {logins.map(({ role, login, story }) => (
          <li key={login} className="flex items-center justify-between gap-3 px-4 py-1.5">
            <div className="min-w-0 text-small">
              <p>
                <span className="font-medium">{t(`roles.${role}`)}</span>
                {story ? <span className="text-muted">: {t(`demo.stories.${story}`)}</span> : null}
              </p>
              <p className="truncate text-muted">{login}</p>
            </div>
            <Button
              size="s"
              busy={busy === login && "…"}
              disabled={busy !== null}
              onClick={() => enter(login)}
              aria-label={`${t("demo.use")}: ${t(`roles.${role}`)}, ${login}`}
            >
              {t("demo.use")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
