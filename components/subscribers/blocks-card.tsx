import { useTranslations } from "next-intl";
import { Card, CardHeader } from "@/components/ui/card";
import { Instant } from "@/components/ui/instant";
import { StatusBadge, type Tone } from "@/components/ui/status-badge";
import { BeginSuspensionDialog } from "./begin-suspension-dialog";
import { LiftBlockDialog } from "./lift-block-dialog";
import { splitBlocks } from "./open-blocks";
import type { BlockFacts, SuspensionFacts } from "./outputs";
import { PlaceBlockDialog } from "./place-block-dialog";

type Props = {
  accountId: string;
  blocks: readonly BlockFacts[];
  /** Subscriptions that a block may be about; their names also name the blocks there are. */
  subscriptions: readonly { id: string; name: string; live: boolean }[];
  suspension: SuspensionFacts;
  now: Date;
  today: string;
  mayBlock: boolean;
};

const TONES: Record<BlockFacts["reason"], Tone> = { financial: "danger", administrative: "danger", voluntary: "warn" };

/** Blocks are intervals with reasons; each is lifted on its own. */
export function BlocksCard({ accountId, blocks, subscriptions, suspension, now, today, mayBlock }: Props) {
  const t = useTranslations("subscribers.blocks");
  const live = subscriptions.filter((subscription) => subscription.live);
  const { open, past } = splitBlocks(blocks, live, now);
  const nameOf = (id: string | null) => subscriptions.find((row) => row.id === id)?.name ?? t("whole");
  return (
    <Card>
      <CardHeader
        title={t("title")}
        action={
          mayBlock && live.length > 0 ? (
            <span className="flex flex-wrap justify-end gap-2">
              {suspension.refusal ? null : <BeginSuspensionDialog accountId={accountId} suspension={suspension} />}
              <PlaceBlockDialog accountId={accountId} subscriptions={live} today={today} />
            </span>
          ) : undefined
        }
      />
      {open.length > 0 ? (
        <ul aria-label={t("open")} className="divide-y divide-line border-t border-line">
          {open.map((block) => (
            <li key={block.id} className="flex items-start justify-between gap-3 px-4 py-3">
              <BlockFace block={block} what={nameOf(block.subscriptionId)} now={now} />
              {mayBlock && block.reason !== "financial" ? (
                <LiftBlockDialog
                  accountId={accountId}
                  blockId={block.id}
                  reason={t(`reason.${block.reason}`)}
                  what={nameOf(block.subscriptionId)}
                  planned={block.fromAt > now}
                />
              ) : null}
            </li>
          ))}
        </ul>
      ) : (
        <p className="px-4 pb-3.5 text-small text-muted">{t(past.length > 0 ? "emptyOpen" : "empty")}</p>
      )}
      {past.length > 0 ? (
        <details className="border-t border-line">
          <summary className="px-4 py-2.5 text-small text-muted hover:text-ink focus-visible:-outline-offset-2">
            {t("past")}: {past.length}
          </summary>
          <ul className="divide-y divide-line border-t border-line">
            {past.map((block) => (
              <li key={block.id} className="px-4 py-2.5">
                <BlockFace block={block} what={nameOf(block.subscriptionId)} now={now} over />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </Card>
  );
}

type FaceProps = { block: BlockFacts; what: string; now: Date; over?: boolean };

function BlockFace({ block, what, now, over = false }: FaceProps) {
  const t = useTranslations("subscribers.blocks");
  const { reason, fromAt, untilAt, note, placedBy } = block;
  const [cancelled, planned] = [untilAt !== null && untilAt <= fromAt, fromAt > now];
  return (
    <div className="min-w-0">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
        <StatusBadge tone={over ? "off" : planned ? "info" : TONES[reason]} size="s">
          {t(`reason.${reason}`)}
        </StatusBadge>
        <span className="text-small">
          {what}
          {over || !planned ? null : ` · ${t("planned")}`}
          {cancelled ? ` · ${t("cancelled")}` : null}
        </span>
      </p>
      <p className="mt-1 text-small text-muted">
        {untilAt && !cancelled
          ? t.rich("interval", {
              from: () => <Instant at={fromAt} now={now} />,
              to: () => <Instant at={untilAt} now={now} />,
            })
          : t.rich("from", { at: () => <Instant at={fromAt} now={now} /> })}
        {placedBy ? ` · ${t("by", { name: placedBy })}` : null}
        {reason === "financial" && !over ? ` · ${t("financialHint")}` : null}
        {over && !untilAt ? ` · ${t("endedWith")}` : null}
      </p>
      {note ? <p className="mt-1 rounded-control bg-warn-soft px-2.5 py-1.5 text-small break-words">{note}</p> : null}
    </div>
  );
}
