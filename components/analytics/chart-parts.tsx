/** What the charts of this section share: the axis, the tip under the pointer, the pattern beside the colour. */
export const AXIS = {
  axisLine: false,
  tickLine: false,
  tick: { fill: "var(--muted)", fontSize: 12 },
} as const;

export const BAR_HOVER = { fill: "var(--sunken)" } as const;

/** Stripes: the second series is told apart without its colour. */
export function Hatch({ id, color }: { id: string; color: string }) {
  return (
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="6" height="6" fill={color} opacity="0.35" />
      <rect width="3" height="6" fill={color} />
    </pattern>
  );
}

type TipRow = { name: string; value: string; color: string };

export function ChartTip({ title, rows }: { title: string; rows: readonly TipRow[] }) {
  return (
    <div className="card num px-3 py-2 text-small shadow-popup">
      <p className="mb-1 font-semibold">{title}</p>
      {rows.map((row) => (
        <p key={row.name} className="flex items-center gap-2">
          <span className="size-2 rounded-full" style={{ background: row.color }} />
          <span className="text-muted">{row.name}</span>
          <b className="ml-auto pl-3 font-semibold">{row.value}</b>
        </p>
      ))}
    </div>
  );
}

export function Legend({ items }: { items: readonly { name: string; color: string; hatched?: boolean }[] }) {
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 pb-1 text-small text-muted">
      {items.map((item) => (
        <span key={item.name} className="inline-flex items-center gap-1.5">
          <svg aria-hidden="true" viewBox="0 0 12 12" className="size-3">
            <rect width="12" height="12" rx="3" fill={item.color} opacity={item.hatched ? 0.35 : 1} />
            {item.hatched ? <path d="M0 12 12 0M-3 9 9-3M3 15 15 3" stroke={item.color} strokeWidth="2.5" /> : null}
          </svg>
          {item.name}
        </span>
      ))}
    </p>
  );
}
