"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { KeyValue } from "@/components/blocks/key-value";
import { CallDialog } from "@/components/trpc/call-dialog";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { Offer } from "./outputs";
import { useAddOnRefusal } from "./use-add-on-refusal";
import { useAddOnWords } from "./use-add-on-words";

type Props = { accountId: string; offer: Offer; name: string; today: string; payHref: string | null };

const QUANTITIES = Array.from({ length: 10 }, (_, index) => String(index + 1));

/** What it will cost first, then a tick of its own, then the button: nothing is on without it. */
export function ConnectDialog({ accountId, offer, name, today, payHref }: Props) {
  const t = useTranslations("addons.connect");
  const boost = useTranslations("addons.boost");
  const addOn = useTranslations("addons.offer");
  const words = useAddOnWords(today);
  const refusal = useAddOnRefusal();
  const client = useTRPCClient();
  const [quantity, setQuantity] = useState(1);
  const [agreed, setAgreed] = useState(false);
  /** One boost, however often the button is pressed; another one each time the dialog opens. */
  const [requestKey, setRequestKey] = useState(() => crypto.randomUUID());
  const [preview, setPreview] = useState<Pick<Offer, "feeMinor" | "turn" | "chargedNowMinor" | "missingMinor"> | null>(
    offer,
  );
  const { tariffId, boostHours } = offer;
  const speed = words.speed(offer.downKbps);
  const isBoost = boostHours !== null;

  async function ask(count: number) {
    setQuantity(count);
    setAgreed(false);
    setPreview(null);
    setPreview(await client.addOns.preview.query({ accountId, tariffId, quantity: count }));
  }

  const shown = { ...offer, ...preview };
  const lacks = preview !== null && preview.missingMinor > 0n;
  const turn = words.turn(shown);
  return (
    <CallDialog
      trigger={
        <Button size="s" aria-label={`${isBoost ? boost("press") : addOn("connect")}: ${name}`}>
          {isBoost ? boost("press") : addOn("connect")}
        </Button>
      }
      title={isBoost ? boost("dialog", { speed }) : t("title", { name })}
      text={isBoost ? boost("text", { hours: boostHours }) : t(offer.maxCharges === null ? "text" : "textInstalment")}
      submit={isBoost ? boost("submit") : t("submit")}
      busy={isBoost ? boost("busy") : t("busy")}
      done={isBoost ? boost("done") : t("done")}
      disabled={!agreed || preview === null || lacks}
      words={refusal}
      onOpen={() => {
        setAgreed(false);
        setRequestKey(crypto.randomUUID());
      }}
      run={async () => {
        const agreedFeeMinor = shown.feeMinor;
        if (isBoost) await client.addOns.boost.mutate({ accountId, tariffId, agreedFeeMinor, requestKey });
        else await client.addOns.start.mutate({ accountId, tariffId, quantity, agreedFeeMinor });
      }}
    >
      {isBoost ? null : (
        <Field label={t("quantity")}>
          {(control) => (
            <Select
              {...control}
              value={String(quantity)}
              onChange={(event) => void ask(Number(event.currentTarget.value))}
              options={QUANTITIES.map((value) => ({ value, label: value }))}
            />
          )}
        </Field>
      )}
      {preview === null ? (
        <p className="text-small text-muted" aria-live="polite">
          {t("counting")}
        </p>
      ) : (
        <>
          <KeyValue
            items={[
              {
                key: "now",
                label: t("now"),
                value: (
                  <b className="num font-semibold">
                    {preview.chargedNowMinor === 0n && !lacks ? t("nothingNow") : words.money(chargedOf(shown))}
                  </b>
                ),
              },
              ...(isBoost ? [] : [{ key: "regular", label: t("regular"), value: words.fee(shown) }]),
              ...(turn ? [{ key: "later", label: t("later"), value: turn }] : []),
            ]}
          />
          {lacks ? (
            <p className="flex flex-wrap items-center justify-between gap-2 rounded-control bg-warn-soft px-3.5 py-2.5 text-small text-warn">
              {t("missing", { amount: words.money(preview.missingMinor) })}
              {payHref ? (
                <Link href={payHref} className="font-medium underline underline-offset-3">
                  {t("pay")}
                </Link>
              ) : null}
            </p>
          ) : (
            <Checkbox
              required
              checked={agreed}
              onChange={(event) => setAgreed(event.currentTarget.checked)}
              label={t("agree", { fee: [words.fee(shown), turn].filter(Boolean).join(", ") })}
            />
          )}
        </>
      )}
    </CallDialog>
  );
}

/** When money is missing nothing is charged; the whole fee is what there would have to be for. */
const chargedOf = ({ chargedNowMinor, missingMinor, feeMinor }: Offer) =>
  missingMinor > 0n && chargedNowMinor === 0n ? feeMinor : chargedNowMinor;
