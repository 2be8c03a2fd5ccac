import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { EmptyState } from "@/components/blocks/empty-state";
import { formatInstant } from "@/components/i18n/format-date";
import { Card, CardHeader } from "@/components/ui/card";
import { StatusBadge } from "@/components/ui/status-badge";
import { ConnectDialog } from "./connect-dialog";
import { EndDialog } from "./end-dialog";
import type { AddOns, ConnectedAddOn, Offer } from "./outputs";
import { PromoForm } from "./promo-form";
import { useAddOnWords } from "./use-add-on-words";

type Props = {
  accountId: string;
  addOns: AddOns;
  /** An instalment is ended by a person of the operator alone. */
  mayEndInstalments: boolean;
  /** Where money is put in; null where that is not for the reader. */
  payHref: string | null;
};

type Named = { nameRu: string; nameEn: string };

export function OnCard({ accountId, addOns, mayEndInstalments }: Omit<Props, "payHref">) {
  const t = useTranslations("addons.on");
  return (
    <Card aria-labelledby="add-ons-on">
      <CardHeader id="add-ons-on" title={t("title")} />
      {addOns.connected.length === 0 ? (
        <EmptyState className="border-t border-line py-7!" title={t("none")} text={t("noneText")} />
      ) : (
        <ul aria-label={t("label")} className="divide-y divide-line border-t border-line">
          {addOns.connected.map((row) => (
            <OnItem
              key={row.subscriptionId}
              accountId={accountId}
              row={row}
              today={addOns.today}
              mayEnd={row.endedOn === null && (row.maxCharges === null || mayEndInstalments)}
            />
          ))}
        </ul>
      )}
    </Card>
  );
}

type ItemProps = { accountId: string; row: ConnectedAddOn; today: string; mayEnd: boolean };

function OnItem({ accountId, row, today, mayEnd }: ItemProps) {
  const t = useTranslations("addons");
  const words = useAddOnWords(today);
  const name = useName(row);
  const notes = [
    row.endedOn ? t("on.until", { day: words.day(row.endedOn) }) : t("on.since", { day: words.day(row.startedOn) }),
    words.turn(row),
    mayEnd || row.maxCharges === null ? null : t("on.runs"),
  ].filter((note) => note !== null);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 px-4 py-3">
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-medium">
          {name}
          {row.quantity > 1 ? <span className="text-muted"> {t("quantity", { count: row.quantity })}</span> : null}
        </p>
        <p className="num text-small">{words.fee(row)}</p>
        <p className="text-small text-muted">{notes.join(" · ")}</p>
      </div>
      {mayEnd ? <EndDialog accountId={accountId} subscriptionId={row.subscriptionId} name={name} /> : null}
    </li>
  );
}

type OfferProps = Omit<Props, "mayEndInstalments"> & {
  /** Opens on a press: where it is one of many things. */
  folded?: boolean;
};

export function OfferCard({ accountId, addOns, payHref, folded = false }: OfferProps) {
  const t = useTranslations("addons.offer");
  const list =
    addOns.addOns.length === 0 ? (
      <EmptyState className="border-t border-line py-7!" title={t("none")} text={t("noneText")} />
    ) : (
      <ul aria-label={t("label")} className="divide-y divide-line border-t border-line">
        {addOns.addOns.map((offer) => (
          <OfferItem key={offer.tariffId} accountId={accountId} offer={offer} today={addOns.today} payHref={payHref} />
        ))}
      </ul>
    );
  if (folded) {
    return (
      <details className="card min-w-0">
        <summary className="px-4 py-3 text-[1rem] font-semibold focus-visible:-outline-offset-2">
          {t("title")} <span className="num text-small font-normal text-muted">{addOns.addOns.length}</span>
        </summary>
        {list}
      </details>
    );
  }
  return (
    <Card aria-labelledby="add-ons-offered">
      <CardHeader id="add-ons-offered" title={t("title")} />
      {list}
    </Card>
  );
}

function OfferItem({
  accountId,
  offer,
  today,
  payHref,
}: {
  accountId: string;
  offer: Offer;
  today: string;
  payHref: string | null;
}) {
  const t = useTranslations("addons");
  const words = useAddOnWords(today);
  const name = useName(offer);
  const turn = words.turn(offer);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 px-4 py-3">
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-medium">{name}</p>
        <p className="num text-small">
          {words.fee(offer)}
          {offer.fullFeeMinor > offer.feeMinor ? (
            <span className="text-muted"> {t("instead", { amount: words.money(offer.fullFeeMinor) })}</span>
          ) : null}
        </p>
        {turn ? <p className="text-small text-muted">{turn}</p> : null}
      </div>
      <ConnectDialog accountId={accountId} offer={offer} name={name} today={today} payHref={payHref} />
    </li>
  );
}

/** Buttons that give more speed for a while; absent where there is no internet to speed up or nothing faster. */
export function BoostCard({ accountId, addOns, payHref }: Omit<Props, "mayEndInstalments">) {
  const t = useTranslations("addons.boost");
  const words = useAddOnWords(addOns.today);
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  const { boosted, boosts, now, today } = addOns;
  if (!boosted || (boosts.length === 0 && boosted.running.length === 0)) return null;
  return (
    <Card aria-labelledby="boosts">
      <CardHeader id="boosts" title={t("title")} sub={t("sub", { speed: words.speed(boosted.downKbps) })} />
      {boosted.running.length > 0 ? (
        <ul className="grid gap-1 px-4 pb-3">
          {boosted.running.map((boost, index) => (
            <li key={boost.id}>
              <StatusBadge tone={index === 0 ? "ok" : "off"}>
                {t(index === 0 ? "running" : "queued", {
                  speed: words.speed(boost.downKbps),
                  at: formatInstant(boost.untilAt, now, locale, zone),
                })}
              </StatusBadge>
            </li>
          ))}
        </ul>
      ) : null}
      <ul aria-label={t("label")} className="divide-y divide-line border-t border-line">
        {boosts.map((offer) => (
          <li key={offer.tariffId} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 px-4 py-3">
            <div className="min-w-0 flex-1 basis-40">
              <p className="font-medium">{locale === "ru" ? offer.nameRu : offer.nameEn}</p>
              <p className="text-small text-muted">
                {t("offer", { speed: words.speed(offer.downKbps), hours: offer.boostHours ?? 0 })}
                {" · "}
                <span className="num">{words.money(offer.feeMinor)}</span>
              </p>
            </div>
            <ConnectDialog
              accountId={accountId}
              offer={offer}
              name={locale === "ru" ? offer.nameRu : offer.nameEn}
              today={today}
              payHref={payHref}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** A code to redeem, and the discounts that are on. */
export function PromoCard({
  accountId,
  addOns,
  withDiscounts,
}: {
  accountId: string;
  addOns: AddOns;
  withDiscounts: boolean;
}) {
  const t = useTranslations("addons.promo");
  const words = useAddOnWords(addOns.today);
  return (
    <Card aria-labelledby="promo">
      <CardHeader id="promo" title={t("title")} />
      <PromoForm accountId={accountId} today={addOns.today} />
      {withDiscounts && addOns.discounts.length > 0 ? (
        <ul aria-label={t("on")} className="divide-y divide-line border-t border-line">
          {addOns.discounts.map((row) => (
            <li key={row.id} className="flex justify-between gap-4 px-4 py-2.5">
              <span className="min-w-0">
                {row.label}
                <span className="block text-small text-muted">
                  {row.validTo ? t("until", { day: words.day(row.validTo) }) : t("forever")}
                </span>
              </span>
              <span className="num shrink-0 font-medium">{t("off", { size: words.size(row) })}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  );
}

function useName({ nameRu, nameEn }: Named): string {
  return useLocale() === "ru" ? nameRu : nameEn;
}
