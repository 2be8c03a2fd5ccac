"use client";

import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { AXIS, ChartTip } from "@/components/analytics/chart-parts";

export interface BalancePoint {
  readonly day: string;
  readonly label: string;
  /** Whole rubles: for the height only, never for a sum. */
  readonly balance: number;
  readonly text: string;
}

type Props = { points: readonly BalancePoint[]; ticks: Readonly<Record<string, string>>; name: string };

/** The balance at the end of every day: it stands until something moves it, so the line goes in steps. */
export function BalanceChart({ points, ticks, name }: Props) {
  return (
    <div className="h-56 sm:h-64" aria-hidden="true">
      <ResponsiveContainer width="100%" height="100%">
        <LineChart data={[...points]} margin={{ top: 8, right: 12, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="day"
            {...AXIS}
            ticks={Object.keys(ticks)}
            tickFormatter={(day: string) => ticks[day] ?? ""}
            interval="equidistantPreserveStart"
          />
          <YAxis {...AXIS} width={56} tickCount={5} />
          <ReferenceLine y={0} stroke="var(--control)" />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: "var(--control)" }}
            content={({ active, payload }) => {
              const point = payload[0]?.payload as BalancePoint | undefined;
              if (!active || !point) return null;
              return <ChartTip title={point.label} rows={[{ name, value: point.text, color: "var(--c1)" }]} />;
            }}
          />
          <Line
            type="stepAfter"
            dataKey="balance"
            stroke="var(--c1)"
            strokeWidth={2.5}
            dot={false}
            isAnimationActive={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}
