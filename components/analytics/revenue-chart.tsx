"use client";

import { useRouter } from "next/navigation";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { AXIS, BAR_HOVER, ChartTip, Hatch } from "./chart-parts";

export interface RevenuePoint {
  readonly month: string;
  readonly label: string;
  readonly tick: string;
  /** Thousands of rubles: for the height only, never for a sum. */
  readonly charged: number;
  readonly paid: number;
  readonly chargedText: string;
  readonly paidText: string;
  readonly href: string;
}

/** Charged and received side by side; a column opens the accounts that were charged. */
export function RevenueChart({
  points,
  names,
}: {
  points: readonly RevenuePoint[];
  names: { charged: string; paid: string };
}) {
  const router = useRouter();
  const open = (index: unknown) => {
    const point = points[Number(index)];
    if (point) router.push(point.href);
  };
  return (
    <div className="h-64" aria-hidden="true">
      <ResponsiveContainer width="100%" height="100%">
        <BarChart
          data={[...points]}
          margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
          barGap={2}
          onClick={(state) => open(state.activeIndex)}
          className="cursor-pointer"
        >
          <defs>
            <Hatch id="paid-stripes" color="var(--c3)" />
          </defs>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="tick" {...AXIS} interval="equidistantPreserveStart" />
          <YAxis {...AXIS} width={48} tickCount={5} />
          <Tooltip
            cursor={BAR_HOVER}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const point = payload[0]?.payload as RevenuePoint | undefined;
              if (!active || !point) return null;
              return (
                <ChartTip
                  title={point.label}
                  rows={[
                    { name: names.charged, value: point.chargedText, color: "var(--c1)" },
                    { name: names.paid, value: point.paidText, color: "var(--c3)" },
                  ]}
                />
              );
            }}
          />
          <Bar dataKey="charged" fill="var(--c1)" radius={[3, 3, 0, 0]} maxBarSize={22} isAnimationActive={false} />
          <Bar
            dataKey="paid"
            fill="url(#paid-stripes)"
            radius={[3, 3, 0, 0]}
            maxBarSize={22}
            isAnimationActive={false}
          />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
