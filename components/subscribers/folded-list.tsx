import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

type Item = { id: string; node: ReactNode };
type Props = { label: string; none: string; items: readonly Item[] };

const SHOWN = 6;

/** The latest few of a long story; the rest is one press away and needs no JavaScript. */
export function FoldedList({ label, none, items }: Props) {
  const t = useTranslations("subscribers.timeline");
  if (items.length === 0) return <p className="px-4 pb-4 text-small text-muted">{none}</p>;
  const [latest, older] = [items.slice(0, SHOWN), items.slice(SHOWN)];
  return (
    <>
      <Rows label={label} items={latest} />
      {older.length > 0 ? (
        <details className="group border-t border-line">
          <summary className="px-4 py-2.5 text-small font-medium text-muted group-open:hidden hover:text-ink focus-visible:-outline-offset-2">
            {t("more", { count: older.length })}
          </summary>
          <Rows label={label} items={older} />
        </details>
      ) : null}
    </>
  );
}

function Rows({ label, items }: Pick<Props, "label" | "items">) {
  return (
    <ol aria-label={label} className="divide-y divide-line">
      {items.map(({ id, node }) => (
        <li key={id} className="px-4 py-3">
          {node}
        </li>
      ))}
    </ol>
  );
}
