"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CallDialog } from "@/components/trpc/call-dialog";
import { CallField } from "@/components/trpc/call-field";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { TERMINAL_PROTOCOLS, type TerminalProtocol } from "@/server/domain/payments/constants";
import { SecretDialog } from "./secret-dialog";
import { TerminalFields, typedTerminal } from "./terminal-fields";
import type { LoginFacts, TerminalFacts } from "./terminal-types";
import { useTerminalWords } from "./use-terminal-words";

type Issued = { login: LoginFacts; protocol: TerminalProtocol };

/** Opens a door for a payment system; its password is shown when it is there. */
export function AddTerminalDialog({ payUrl }: { payUrl: string }) {
  const t = useTranslations("terminals");
  const words = useTerminalWords();
  const client = useTRPCClient();
  const [issued, setIssued] = useState<Issued | null>(null);
  return (
    <>
      <CallDialog
        words={words}
        trigger={
          <Button size="s" kind="primary">
            {t("add.button")}
          </Button>
        }
        title={t("add.title")}
        text={t("add.text")}
        submit={t("add.submit")}
        busy={t("add.busy")}
        done={t("add.done")}
        run={async (form) => {
          const protocol = TERMINAL_PROTOCOLS.find((one) => one === form.get("protocol")) ?? "osmp";
          const code = String(form.get("code")).trim();
          const login = await client.terminals.add.mutate({ ...typedTerminal(form), code, protocol });
          setIssued({ login, protocol });
        }}
      >
        <CallField of="protocol" label={t("field.protocol")} required>
          {(control) => (
            <Select
              {...control}
              name="protocol"
              options={TERMINAL_PROTOCOLS.map((value) => ({ value, label: t(`protocol.${value}`) }))}
            />
          )}
        </CallField>
        <CallField of="code" label={t("field.code")} hint={t("field.codeHint")} required>
          {(control) => <Input {...control} name="code" maxLength={30} autoComplete="off" spellCheck={false} />}
        </CallField>
        <TerminalFields />
      </CallDialog>
      {issued ? (
        <SecretDialog login={issued.login} url={`${payUrl}/${issued.protocol}`} onClose={() => setIssued(null)} />
      ) : null}
    </>
  );
}

type RowProps = { terminal: TerminalFacts; payUrl: string };

/** What may be done to a terminal that is open. */
export function TerminalActions({ terminal, payUrl }: RowProps) {
  const { terminalId, name, protocol } = terminal;
  const t = useTranslations("terminals");
  const words = useTerminalWords();
  const client = useTRPCClient();
  const [issued, setIssued] = useState<LoginFacts | null>(null);
  const wordsOf = (act: "change" | "reset" | "close") => ({
    words,
    trigger: <Button size="s">{t(`${act}.button`)}</Button>,
    title: t(`${act}.title`, { name }),
    text: t(`${act}.text`),
    submit: t(`${act}.submit`),
    busy: t(`${act}.busy`),
    done: t(`${act}.done`),
  });
  return (
    <span className="flex flex-wrap gap-2">
      <CallDialog
        {...wordsOf("change")}
        run={(form) => client.terminals.change.mutate({ ...typedTerminal(form), terminalId })}
      >
        <TerminalFields terminal={terminal} />
      </CallDialog>
      <CallDialog
        {...wordsOf("reset")}
        run={async () => setIssued(await client.terminals.reset.mutate({ terminalId }))}
      />
      <CallDialog {...wordsOf("close")} danger run={() => client.terminals.close.mutate({ terminalId })} />
      {issued ? <SecretDialog login={issued} url={`${payUrl}/${protocol}`} onClose={() => setIssued(null)} /> : null}
    </span>
  );
}
