"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useActionState, useEffect, useId, useRef, useState, useTransition } from "react";
import { formatMoney } from "@/components/i18n/format";
import { cn } from "@/components/lib/cn";
import { Button } from "@/components/ui/button";
import { MAX_PAYMENT_MINOR, MIN_PAYMENT_MINOR } from "@/server/domain/payments/constants";
import { parseSum } from "./parse-sum";
import { SumChoice, type SumOption } from "./sum-choice";
import { TopUpError } from "./top-up-error";
import { NOT_SENT, OWN_SUM, type TopUpAction, type TopUpState } from "./top-up-state";

type Props = {
  accountId: string;
  options: readonly SumOption[];
  /** The sum that brings the service back, while it is closed for money. */
  mends?: { fromMinor: bigint; what: "internet" | "services" } | null;
  /** Opens with this sum typed in. */
  ownSum?: string;
  /** New with every page: the same page sent twice is one payment. */
  nonce: string;
  action: TopUpAction;
  onNight?: boolean;
};

/** Sums to choose from and one button that names the chosen one. Works as a plain form before and without JavaScript. */
export function TopUpForm({ accountId, options, mends = null, ownSum, nonce, action, onNight = false }: Props) {
  const t = useTranslations("payments.form");
  const locale = useLocale();
  const id = useId();
  const router = useRouter();
  const [answered, plainAction] = useActionState(action, NOT_SENT);
  const [live, setLive] = useState<TopUpState | null>(null);
  const [leaving, setLeaving] = useState(false);
  /** State is a render late: two presses of one moment would both pass it. */
  const pressed = useRef(false);
  const [sending, startSending] = useTransition();
  const [typed, setTyped] = useState(ownSum ?? "");
  const { error } = live ?? answered;

  // A page that the browser kept while one was paying holds an old nonce and a busy button.
  useEffect(() => {
    const onShow = (event: PageTransitionEvent) => {
      if (!event.persisted) return;
      pressed.current = false;
      setLeaving(false);
      router.refresh();
    };
    window.addEventListener("pageshow", onShow);
    return () => window.removeEventListener("pageshow", onShow);
  }, [router]);

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pressed.current) return;
    const form = new FormData(event.currentTarget);
    const own = form.get("sum") === OWN_SUM ? parseSum(typed) : null;
    if (own && "error" in own) return setLive({ error: { reason: own.error }, goTo: null });
    pressed.current = true;
    startSending(async () => {
      const next = await action(NOT_SENT, form).catch((): TopUpState => ({ error: { reason: "offline" }, goTo: null }));
      setLive(next);
      if (!next.goTo) {
        pressed.current = false;
        return;
      }
      setLeaving(true);
      window.location.assign(next.goTo);
    });
  }

  const money = (amountMinor: bigint) => formatMoney(amountMinor, locale, { kopecks: "whole" });
  const words = (amountMinor: bigint) =>
    mends && amountMinor >= mends.fromMinor
      ? t("payAndOn", { amount: money(amountMinor), what: mends.what })
      : t("pay", { amount: money(amountMinor) });
  const own = parseSum(typed);
  const ownWords = "error" in own ? t("payOwn") : words(own.amountMinor);
  const wide = options.some((option) => money(option.amountMinor).length > 8);

  return (
    <form action={plainAction} onSubmit={send} className="group/sum grid gap-2.5" noValidate>
      <input type="hidden" name="account" value={accountId} />
      <input type="hidden" name="nonce" value={nonce} />
      <fieldset
        className={cn(
          "grid gap-2",
          wide ? "grid-cols-2 sm:grid-cols-[repeat(auto-fit,minmax(6rem,1fr))]" : COLUMNS[options.length],
        )}
      >
        <legend className="sr-only">{t("choose")}</legend>
        {options.map((option, index) => (
          <SumChoice
            key={option.amountMinor}
            value={option.amountMinor.toString()}
            slot={SLOTS[index] ?? "d"}
            figure={money(option.amountMinor)}
            name={t(option.kind)}
            defaultChecked={ownSum === undefined && index === 0}
            onNight={onNight}
          />
        ))}
        <SumChoice
          value={OWN_SUM}
          slot={OWN_SUM}
          figure="…"
          name={t("own")}
          label={t("ownSum")}
          defaultChecked={ownSum !== undefined || options.length === 0}
          onNight={onNight}
        />
      </fieldset>
      <div className="hidden gap-1 group-has-[[data-slot=own]:checked]/sum:grid">
        <label htmlFor={id} className={cn("text-label font-medium", onNight ? "text-night-muted" : "text-muted")}>
          {t("amount")}
        </label>
        <input
          id={id}
          name="own"
          inputMode="decimal"
          autoComplete="off"
          enterKeyHint="go"
          maxLength={20}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setLive(NOT_SENT);
          }}
          aria-describedby={error ? `${id}-hint ${id}-error` : `${id}-hint`}
          aria-invalid={error ? true : undefined}
          className={cn(
            "num h-12 w-full min-w-0 rounded-[11px] border px-3.5 text-[1.125rem] font-semibold",
            onNight
              ? "border-night-muted bg-transparent text-night-ink"
              : "border-control bg-surface text-ink aria-invalid:border-danger",
          )}
        />
        <p id={`${id}-hint`} className={cn("text-label", onNight ? "text-night-muted" : "text-muted")}>
          {t("hint", { min: money(MIN_PAYMENT_MINOR), max: money(MAX_PAYMENT_MINOR) })}
        </p>
      </div>
      {error ? <TopUpError id={`${id}-error`} error={error} /> : null}
      <Button type="submit" kind={onNight ? "loud" : "primary"} size="l" wide busy={(sending || leaving) && t("busy")}>
        {options.map((option, index) => (
          <span key={option.amountMinor} className={SHOWN[SLOTS[index] ?? "d"]}>
            {words(option.amountMinor)}
          </span>
        ))}
        <span className={SHOWN.own}>{ownWords}</span>
      </Button>
    </form>
  );
}

const SLOTS = ["a", "b", "c", "d"] as const;
/** The words of the chosen sum alone, chosen by the style sheet: they are right without JavaScript too. */
const SHOWN = {
  a: "hidden group-has-[[data-slot=a]:checked]/sum:inline",
  b: "hidden group-has-[[data-slot=b]:checked]/sum:inline",
  c: "hidden group-has-[[data-slot=c]:checked]/sum:inline",
  d: "hidden group-has-[[data-slot=d]:checked]/sum:inline",
  own: "hidden group-has-[[data-slot=own]:checked]/sum:inline",
};
const COLUMNS = [
  "grid-cols-1",
  "grid-cols-[minmax(0,1fr)_minmax(4.5rem,auto)]",
  "grid-cols-[repeat(2,minmax(0,1fr))_minmax(3.75rem,auto)]",
  "grid-cols-[repeat(3,minmax(0,1fr))_minmax(3.5rem,auto)]",
];
