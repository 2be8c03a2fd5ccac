"use client";

import { useTranslations } from "next-intl";
import { CopyId } from "@/components/blocks/copy-id";
import { KeyValue } from "@/components/blocks/key-value";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import type { LoginFacts } from "./terminal-types";

type Props = { login: LoginFacts; url: string; onClose: () => void };

/** What is handed over to the payment system. The password is on this screen and nowhere else. */
export function SecretDialog({ login, url, onClose }: Props) {
  const t = useTranslations("terminals.secret");
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("title")}
      description={t("text")}
      footer={
        <DialogClose
          render={
            <Button size="s" kind="primary">
              {t("done")}
            </Button>
          }
        />
      }
    >
      <div role="status">
        <KeyValue
          items={[
            { key: "url", label: t("url"), value: <Whole value={url} what={t("url")} /> },
            { key: "login", label: t("login"), value: <Whole value={login.code} what={t("login")} /> },
            { key: "secret", label: t("secret"), value: <Whole value={login.secret} what={t("secret")} /> },
          ]}
        />
      </div>
    </Dialog>
  );
}

/** Shown to the last sign, for whoever writes it down, with a button for whoever does not. */
function Whole({ value, what }: { value: string; what: string }) {
  return (
    <span className="flex items-start justify-between gap-2">
      <span className="id break-all">{value}</span>
      <CopyId value={value} what={what} shown="" />
    </span>
  );
}
