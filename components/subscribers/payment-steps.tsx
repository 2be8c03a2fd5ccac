import { useTranslations } from "next-intl";
import { cn } from "@/components/lib/cn";
import { Instant } from "@/components/ui/instant";
import type { PaymentFacts } from "./outputs";

type Step = { name: "request" | "webhook" | "posting" | "activation"; at: Date | null; note?: string | undefined };

/** Request → webhook → posting → activation, each with its moment or why it has none. A terminal pays as it asks: it sends no webhook. */
export function PaymentSteps({ payment, now }: { payment: PaymentFacts; now: Date }) {
  const t = useTranslations("subscribers.timeline.step");
  const over = payment.state === "canceled" || payment.state === "failed";
  const waiting = over ? "—" : t("waiting");
  const posted = payment.postedAt !== null;
  const webhook: Step = {
    name: "webhook",
    at: payment.webhookAt,
    note: payment.webhookAt
      ? payment.webhooks > 1
        ? t("repeats", { count: payment.webhooks })
        : undefined
      : posted
        ? t("none")
        : waiting,
  };
  const steps: Step[] = [
    { name: "request", at: payment.startedAt },
    ...(payment.terminalName === null ? [webhook] : []),
    { name: "posting", at: payment.postedAt, note: posted ? undefined : waiting },
    {
      name: "activation",
      at: payment.activatedAt,
      note: payment.activatedAt ? undefined : posted ? t("notNeeded") : waiting,
    },
  ];
  return (
    <ol className="num grid grid-cols-2 gap-x-3 gap-y-2 text-small sm:grid-cols-4">
      {steps.map(({ name, at, note }) => (
        <li key={name} className={cn("border-t-2 pt-1", at ? "border-ok" : "border-line")}>
          <span className="block font-medium">{t(name)}</span>
          {at ? (
            <span className="block text-muted">
              <Instant at={at} now={now} />
            </span>
          ) : null}
          {note ? <span className="block text-muted">{note}</span> : null}
        </li>
      ))}
    </ol>
  );
}
