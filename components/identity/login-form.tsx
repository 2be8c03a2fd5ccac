"use client";

import { Eye, EyeOff, Info } from "lucide-react";
import { useTranslations } from "next-intl";
import { type SubmitEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { type SignInAnswer, signIn } from "./sign-in";

type Refused = Extract<SignInAnswer, { ok: false }>;
type ErrorKey = "wrong_credentials" | "wrong_totp" | "too_many_attempts" | "offline" | "unexpected";

const KNOWN = new Set<string>(["wrong_credentials", "wrong_totp", "too_many_attempts", "offline"]);

const FIELDS = ["identifier", "password"] as const;
type FieldName = (typeof FIELDS)[number] | "code";

type Props = {
  /** Where to go after: a path of ours, checked by the server. */
  next: string;
  ended: boolean;
};

/** One line for whoever it is, a password, and a code when the login has a second factor. */
export function LoginForm({ next, ended }: Props) {
  const t = useTranslations("login");
  const [step, setStep] = useState<"password" | "code">("password");
  const [typed, setTyped] = useState({ identifier: "", password: "" });
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [missing, setMissing] = useState<readonly FieldName[]>([]);
  const wordsOf = (name: FieldName) => (missing.includes(name) ? t(`missing.${name}`) : undefined);
  const error = refused ? t(`errors.${errorKey(refused)}`, { minutes: refused.minutes }) : undefined;

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "");
    const login = step === "password" ? { identifier: text("identifier"), password: text("password") } : typed;
    setTyped(login);
    const empty = (step === "password" ? FIELDS : (["code"] as const)).filter((name) => text(name).trim() === "");
    setMissing(empty);
    const [first] = empty;
    if (first) {
      setRefused(null);
      event.currentTarget.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
      return;
    }
    setBusy(true);
    const answer = await signIn(step === "password" ? login : { ...login, code: text("code") });
    if (answer.ok) {
      window.location.assign(next);
      return;
    }
    setBusy(false);
    const asksForCode = answer.reason === "totp_needed";
    if (asksForCode) setStep("code");
    setRefused(asksForCode ? null : answer);
  }

  return (
    <form
      method="post"
      action="/api/auth/callback/credentials"
      onSubmit={submit}
      // The browser would speak its own language; what is missing is said in the reader's.
      noValidate
      className="grid gap-4"
      aria-label={step === "password" ? t("title") : t("codeTitle")}
    >
      {ended && !refused && step === "password" ? (
        <p role="status" className="flex items-start gap-2 rounded-control bg-info-soft px-3.5 py-2.5 text-small">
          <Info aria-hidden="true" className="mt-px size-4 shrink-0 text-info" />
          {t("ended")}
        </p>
      ) : null}
      {step === "password" ? (
        <PasswordStep initial={typed} missing={wordsOf("identifier")} error={wordsOf("password") ?? error} />
      ) : (
        <CodeStep error={wordsOf("code") ?? error} onBack={() => backTo("password")} />
      )}
      <Button type="submit" kind="primary" size="l" wide busy={busy && t("submitting")}>
        {t("submit")}
      </Button>
    </form>
  );

  function backTo(previous: "password") {
    setRefused(null);
    setMissing([]);
    setStep(previous);
  }
}

function errorKey({ reason }: Refused): ErrorKey {
  return KNOWN.has(reason) ? (reason as ErrorKey) : "unexpected";
}

type PasswordStepProps = {
  initial: { identifier: string; password: string };
  missing: string | undefined;
  error: string | undefined;
};

function PasswordStep({ initial, missing, error }: PasswordStepProps) {
  const t = useTranslations("login");
  const [shown, setShown] = useState(false);
  return (
    <>
      <Field label={t("identifier")} hint={t("identifierHint")} error={missing} required>
        {(control) => (
          <Input
            {...control}
            name="identifier"
            defaultValue={initial.identifier}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={254}
          />
        )}
      </Field>
      <Field label={t("password")} error={error} required>
        {(control) => (
          <div className="relative">
            <Input
              {...control}
              type={shown ? "text" : "password"}
              name="password"
              defaultValue={initial.password}
              autoComplete="current-password"
              maxLength={128}
              className="pr-12"
            />
            <IconButton
              label={t(shown ? "hidePassword" : "showPassword")}
              onClick={() => setShown(!shown)}
              className="absolute inset-y-0 right-0 border-0 text-muted hover:bg-transparent hover:text-ink"
            >
              {shown ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />}
            </IconButton>
          </div>
        )}
      </Field>
    </>
  );
}

function CodeStep({ error, onBack }: { error: string | undefined; onBack: () => void }) {
  const t = useTranslations("login");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <>
      <Field label={t("code")} hint={t("codeHint")} error={error} required>
        {(control) => (
          <Input
            {...control}
            ref={input}
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            pattern="[0-9 ]*"
            maxLength={7}
            className="num text-[1.25rem] tracking-[0.3em]"
          />
        )}
      </Field>
      <Button kind="ghost" size="s" onClick={onBack} className="justify-self-start">
        {t("back")}
      </Button>
    </>
  );
}
