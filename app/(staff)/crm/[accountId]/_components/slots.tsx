import { getLocale } from "next-intl/server";
import { type ComponentProps, type ReactElement, Suspense } from "react";
import { ComparisonCard } from "@/components/documents/comparison-card";
import { RemindersCard } from "@/components/reminders/reminders-card";
import { BlocksCard } from "@/components/subscribers/blocks-card";
import { CardLoading } from "@/components/subscribers/card-loading";
import { CreditCard } from "@/components/subscribers/credit-card";
import { DocumentsCard } from "@/components/subscribers/documents-card";
import { HistoryCard } from "@/components/subscribers/history-card";
import { LiveRefresh } from "@/components/subscribers/live-refresh";
import { MoneyCard } from "@/components/subscribers/money-card";
import { MoneyStrip } from "@/components/subscribers/money-strip";
import { ServicesCard } from "@/components/subscribers/services-card";
import { SubscriptionsCard } from "@/components/subscribers/subscriptions-card";
import { tariffName } from "@/components/subscribers/tariff-name";
import { IdentifiersCard } from "@/components/usage/identifiers-card";
import { api } from "@/server/api/rsc";
import type { WebContext } from "@/server/auth/web-context";
import { may } from "@/server/domain/identity";
import { addDays, toDay } from "@/server/kernel/day";

type View = { accountId: string; actor: WebContext["actor"]; now: Date; today: string };

const HISTORY = 60;

/** Read with the page itself: the figures stand there from the first moment. */
export function StripSlot({ actor, ...rest }: View & Pick<ComponentProps<typeof MoneyStrip>, "money" | "terms">) {
  return (
    <MoneyStrip
      {...rest}
      mayLimit={may(actor, "account:set_credit_limit")}
      maySetTerms={may(actor, "account:set_payment_terms")}
    />
  );
}

export async function ServicesSlot({ accountId, actor, now }: View) {
  const services = await (await api()).subscribers.services({ accountId });
  return <ServicesCard accountId={accountId} services={services} now={now} mayResend={may(actor, "service:resend")} />;
}

export async function MoneySlot({ accountId, actor, now, today }: View) {
  const { subscribers } = await api();
  const mayCorrect = may(actor, "charge:correct");
  const [payments, charges, adjustments, waiting] = await Promise.all([
    subscribers.payments({ accountId, limit: HISTORY }),
    subscribers.charges({ accountId }),
    subscribers.adjustments({ accountId }),
    mayCorrect ? subscribers.corrections({ accountId }) : [],
  ]);
  return (
    <MoneyCard
      accountId={accountId}
      payments={payments}
      charges={charges}
      adjustments={adjustments}
      waiting={waiting}
      mayCorrect={mayCorrect}
      mayDecide={may(actor, "charge:approve_correction")}
      now={now}
      today={today}
    />
  );
}

/** What changed since last month, and the papers. */
export async function DocumentsSlot({ accountId, today }: View) {
  const { subscribers } = await api();
  const [comparison, facts] = await Promise.all([
    subscribers.comparison({ accountId }),
    subscribers.documents({ accountId }),
  ]);
  return (
    <>
      <ComparisonCard comparison={comparison} />
      <DocumentsCard accountId={accountId} facts={facts} today={today} />
    </>
  );
}

export async function RemindersSlot({ accountId, accountNumber, actor, now, today }: View & { accountNumber: string }) {
  const { reminders } = await api();
  const [log, exception] = await Promise.all([
    reminders.log({ accountId, limit: HISTORY }),
    reminders.exception({ accountId }),
  ]);
  return (
    <RemindersCard
      {...{ accountId, accountNumber, exception, now, today }}
      messages={log.messages}
      tomorrow={addDays(toDay(today), 1)}
      mayExcept={may(actor, "reminder:except")}
    />
  );
}

export async function HistorySlot({ accountId, now, today }: View) {
  const { subscribers } = await api();
  const [events, audit, tariffs] = await Promise.all([
    subscribers.events({ accountId, limit: HISTORY }),
    subscribers.audit({ accountId, limit: HISTORY }),
    subscribers.tariffs(),
  ]);
  const live = <LiveRefresh accountId={accountId} seen={events[0]?.id ?? null} />;
  return <HistoryCard {...{ events, audit, tariffs, now, today, live }} />;
}

export async function CreditSlot({ accountId, actor, now, today }: View) {
  const { credit } = await api();
  const [limits, promised] = await Promise.all([credit.limits({ accountId }), credit.promised({ accountId })]);
  return (
    <CreditCard
      accountId={accountId}
      limits={limits}
      promised={promised}
      now={now}
      today={today}
      mayOpen={may(actor, "credit:open")}
      mayPromise={may(actor, "promise:start")}
    />
  );
}

/** Subscriptions and the blocks that hold them: one reading names both. */
export async function PromisesSlot({ accountId, actor, now, today }: View) {
  const { subscribers, tariffChanges, usage } = await api();
  const [subscriptions, { tariffs }, blocks, suspension, identifiers, locale] = await Promise.all([
    subscribers.subscriptions({ accountId }),
    tariffChanges.tariffs({ accountId }),
    subscribers.blocks({ accountId }),
    subscribers.suspension({ accountId }),
    usage.identifiers({ accountId }),
    getLocale(),
  ]);
  const named = subscriptions.map((row) => ({ ...row, name: tariffName(row, locale) }));
  const metered = named.filter((row) => row.isUsage && row.state !== "ended");
  return (
    <>
      <SubscriptionsCard
        accountId={accountId}
        subscriptions={subscriptions}
        today={today}
        mayAgree={may(actor, "subscription:agree_price")}
        mayEnd={may(actor, "subscription:end")}
        mayChange={may(actor, "subscription:change")}
        tariffs={tariffs}
      />
      {metered.length + identifiers.length > 0 ? (
        <IdentifiersCard
          accountId={accountId}
          identifiers={identifiers}
          subscriptions={metered.map(({ id, name }) => ({ id, name }))}
          names={new Map(named.map(({ id, name }) => [id, name]))}
          today={today}
          mayAssign={may(actor, "identifier:assign")}
        />
      ) : null}
      <BlocksCard
        accountId={accountId}
        blocks={blocks}
        subscriptions={subscriptions.map((row) => ({
          id: row.id,
          name: tariffName(row, locale),
          live: row.state !== "ended",
        }))}
        suspension={suspension}
        now={now}
        today={today}
        mayBlock={may(actor, "account:block")}
      />
    </>
  );
}

/** Cards that come when they are ready, each in the place of so many grey rows. */
export function slotsOf(slots: readonly (readonly [rows: number, card: ReactElement])[]) {
  return slots.map(([rows, card]) => (
    <Suspense key={card.key} fallback={<CardLoading rows={rows} />}>
      {card}
    </Suspense>
  ));
}
