"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useAddOnRefusal } from "./use-add-on-refusal";
import { useAddOnWords } from "./use-add-on-words";

/** A code, a button, and what came of it in the same place. */
export function PromoForm({ accountId, today }: { accountId: string; today: string }) {
  const t = useTranslations("addons.promo");
  const words = useAddOnWords(today);
  const refusal = useAddOnRefusal();
  const client = useTRPCClient();
  const router = useRouter();
  const [code, setCode] = useState("");
  /** One redemption of what is typed, however often the button is pressed. */
  const [requestKey, setRequestKey] = useState(() => crypto.randomUUID());
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);

  function type(text: string) {
    setCode(text);
    setRequestKey(crypto.randomUUID());
  }

  async function redeem(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    setRunning(true);
    setError(null);
    setDone(null);
    try {
      const redeemed = await client.addOns.redeem.mutate({ accountId, code, requestKey });
      const until = redeemed.validTo ? t("until", { day: words.day(redeemed.validTo) }) : "";
      setDone(t("done", { code: redeemed.code, size: words.size(redeemed), until }));
      type("");
      router.refresh();
    } catch (caught) {
      setError(refusal(caught));
    } finally {
      setRunning(false);
    }
  }

  return (
    <form onSubmit={redeem} className="grid gap-2 px-4 pb-4">
      <Field label={t("label")} hint={t("hint")} error={error}>
        {(control) => (
          <span className="flex gap-2">
            <Input
              {...control}
              required
              autoComplete="off"
              autoCapitalize="characters"
              maxLength={64}
              value={code}
              onChange={(event) => type(event.currentTarget.value)}
            />
            <Button type="submit" busy={running && t("busy")}>
              {t("submit")}
            </Button>
          </span>
        )}
      </Field>
      <p role="status" className="text-small text-ok empty:hidden">
        {done}
      </p>
    </form>
  );
}
