"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type SubmitEvent, useState } from "react";
import { useTRPCClient } from "@/components/trpc/context";
import { showToast } from "@/components/ui/toast";
import { FormEnd } from "./form-end";
import type { PriceVersion } from "./outputs";
import { PriceFields, readPrice, typedPriceOf } from "./price-fields";
import { useCatalogForm } from "./use-catalog-form";

type Props = { tariffId: string; now: PriceVersion | null; today: string; tomorrow: string };

/** A price version written down: begins as the present one, and says what is wrong with it before anything is kept. */
export function PriceForm({ tariffId, now, today, tomorrow }: Props) {
  const t = useTranslations("catalog.form");
  const client = useTRPCClient();
  const router = useRouter();
  const form = useCatalogForm();
  const [typed, setTyped] = useState(() => typedPriceOf(now, tomorrow));

  function propose(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const { price, unread } = readPrice(typed);
    void form.send(
      unread,
      () => client.catalog.propose.mutate({ tariffId, ...price }),
      () => {
        showToast({ tone: "ok", title: t("done") });
        router.push(`/catalog/${tariffId}`);
        router.refresh();
      },
    );
  }

  return (
    <form onSubmit={propose} className="grid max-w-3xl gap-3.5">
      <PriceFields
        typed={typed}
        set={(change) => setTyped((before) => ({ ...before, ...change }))}
        now={now}
        today={today}
        problemOf={form.problemOf}
      />
      <FormEnd text={form.refused?.text ?? null} submit={t("submit")} busy={form.running && t("busy")} />
    </form>
  );
}
