"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { SubmitEvent } from "react";
import { CopyId } from "@/components/blocks/copy-id";
import { useTRPC } from "@/components/trpc/context";
import { refusalOf } from "@/components/trpc/refusal";
import { Button, buttonStyle } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** Shows the key of a second factor and turns it on by its first code. */
export function TotpSetup({ next }: { next: string }) {
  const t = useTranslations("session.totp");
  const trpc = useTRPC();
  const begin = useMutation(trpc.session.beginTotp.mutationOptions());
  const confirm = useMutation(
    trpc.session.confirmTotp.mutationOptions({ onSuccess: () => window.location.assign(next) }),
  );

  if (!begin.data) {
    return (
      <div className="grid gap-3">
        <Button kind="primary" size="l" wide busy={begin.isPending && t("working")} onClick={() => begin.mutate()}>
          {t("begin")}
        </Button>
        {begin.isError ? (
          <p role="alert" className="text-small text-danger">
            {t("errors.failed")}
          </p>
        ) : null}
      </div>
    );
  }

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    confirm.mutate({ code: String(new FormData(event.currentTarget).get("code") ?? "") });
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      <div className="card grid justify-items-start gap-2 p-4">
        <p>{t("step1")}</p>
        <code className="id select-all">{inFours(begin.data.secret)}</code>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <a href={begin.data.link} className={buttonStyle({ size: "s" })}>
            {t("open")}
          </a>
          <CopyId value={begin.data.secret} what={t("what")} shown={t("copy")} />
        </div>
      </div>
      <p>{t("step2")}</p>
      <Field label={t("code")} error={confirm.isError ? errorText(confirm.error) : undefined} required>
        {(control) => (
          <Input
            {...control}
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            pattern="[0-9 ]*"
            maxLength={7}
            className="num text-[1.25rem] tracking-[0.3em]"
          />
        )}
      </Field>
      <Button
        type="submit"
        kind="primary"
        size="l"
        wide
        busy={(confirm.isPending || confirm.isSuccess) && t("working")}
      >
        {t("confirm")}
      </Button>
    </form>
  );

  function errorText(error: unknown): string {
    const refusal = refusalOf(error);
    if (refusal?.reason === "session.wrong_totp") return t("errors.wrong");
    if (refusal?.kind === "rate_limited")
      return t("errors.limited", { minutes: Number(refusal.details.minutes ?? 15) });
    return t("errors.failed");
  }
}

function inFours(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(" ") ?? secret;
}
