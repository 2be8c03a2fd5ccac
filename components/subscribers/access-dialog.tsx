"use client";

import { CircleAlert } from "lucide-react";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { CopyId } from "@/components/blocks/copy-id";
import { KeyValue } from "@/components/blocks/key-value";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import type { Profile } from "./outputs";
import { useErrorWords } from "./use-error-words";

type Issued = { password: string; identifiers: readonly { kind: "phone" | "email" | "contract" | "account" }[] };
type Props = { profile: Pick<Profile, "accountId" | "accountNumber" | "name" | "hasLogin"> };

const KINDS = ["phone", "email", "contract", "account"] as const;

/** A login for the cabinet, or a new password for the one there is. The password is on this screen and nowhere else. */
export function AccessDialog({ profile }: Props) {
  const t = useTranslations("subscribers.access");
  const close = useTranslations("subscribers.dialog");
  const words = useErrorWords();
  const client = useTRPCClient();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [issued, setIssued] = useState<Issued | null>(null);
  const { accountId, accountNumber, name, hasLogin } = profile;

  async function issue() {
    setBusy(true);
    setError(null);
    try {
      setIssued(await client.subscribers.issueAccess.mutate({ accountId }));
    } catch (caught) {
      setError(words(caught));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      trigger={
        <button type="button" className="text-muted underline hover:text-ink">
          {t(hasLogin ? "renew" : "issue")}
        </button>
      }
      onOpenChange={(open) => {
        // Forgotten at the next opening and not at this closing: the dialog is still seen going away.
        if (open) {
          setIssued(null);
          setError(null);
        } else if (issued) router.refresh();
      }}
      title={t("title")}
      description={issued ? t("issued", { name }) : t(hasLogin ? "textRenew" : "text", { name })}
      footer={
        issued ? (
          <DialogClose
            render={
              <Button size="s" kind="primary">
                {close("done")}
              </Button>
            }
          />
        ) : (
          <>
            <DialogClose render={<Button size="s">{close("cancel")}</Button>} />
            <Button size="s" kind="primary" onClick={issue} busy={busy && t("busy")}>
              {t(hasLogin ? "renew" : "issue")}
            </Button>
          </>
        )
      }
    >
      {issued ? (
        <div role="status" className="grid gap-3">
          <KeyValue
            items={[
              { key: "login", label: t("login"), value: <CopyId value={accountNumber} what={t("accountNumber")} /> },
              { key: "password", label: t("password"), value: <CopyId value={issued.password} what={t("password")} /> },
            ]}
          />
          <Ways issued={issued} />
        </div>
      ) : (
        <p role="alert" className="flex items-start gap-1.5 text-small text-danger empty:hidden">
          {error ? (
            <>
              <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
              <span>{error}</span>
            </>
          ) : null}
        </p>
      )}
    </Dialog>
  );
}

/** What else the login answers to, by kind: contacts stay masked here too. */
function Ways({ issued }: { issued: Issued }) {
  const t = useTranslations("subscribers.access");
  const format = useFormatter();
  const kinds = KINDS.filter((kind) => issued.identifiers.some((one) => one.kind === kind));
  return (
    <p className="text-small text-muted">
      {t("ways", { ways: format.list(kinds.map((kind) => t(`kind.${kind}`))) })} {t("once")}
    </p>
  );
}
