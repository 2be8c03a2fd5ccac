"use client";

import { useTranslations } from "next-intl";
import { CallField } from "@/components/trpc/call-field";
import { Input } from "@/components/ui/input";
import type { TerminalFacts } from "./terminal-types";

type Props = { terminal?: Pick<TerminalFacts, "name" | "networks" | "certificate"> };

/** What of a terminal may be another tomorrow: its name, where it asks from, what it shows. */
export function TerminalFields({ terminal }: Props) {
  const t = useTranslations("terminals.field");
  return (
    <>
      <CallField of="name" label={t("name")} hint={t("nameHint")} required>
        {(control) => (
          <Input {...control} name="name" maxLength={80} autoComplete="off" defaultValue={terminal?.name ?? ""} />
        )}
      </CallField>
      <CallField of="networks" label={t("networks")} hint={t("networksHint")} required>
        {(control) => (
          <Input
            {...control}
            name="networks"
            autoComplete="off"
            spellCheck={false}
            defaultValue={terminal?.networks.join(", ") ?? ""}
          />
        )}
      </CallField>
      <CallField of="certificate" label={t("certificate")} hint={t("certificateHint")}>
        {(control) => (
          <Input
            {...control}
            name="certificate"
            autoComplete="off"
            spellCheck={false}
            defaultValue={terminal?.certificate ?? ""}
          />
        )}
      </CallField>
    </>
  );
}

/** What was typed into those fields. */
export function typedTerminal(form: FormData) {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  return {
    name: text("name"),
    networks: text("networks")
      .split(/[\s,;]+/)
      .filter(Boolean),
    certificate: text("certificate") || null,
  };
}
