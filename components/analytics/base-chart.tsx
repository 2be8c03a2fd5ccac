"use client";

import { Bar, BarChart, CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { AXIS, BAR_HOVER, ChartTip, Hatch } from "./chart-parts";

export interface BasePoint {
  readonly label: string;
  readonly tick: string;
  readonly active: number;
  readonly started: number;
  readonly ended: number;
}

type Names = { active: string; started: string; ended: string };

const MARGIN = { top: 8, right: 8, bottom: 0, left: -8 };

/** Two drawings over one row of months, each with its own scale from zero: how many there are, who joined and who left. */
export function BaseChart({ points, names }: { points: readonly BasePoint[]; names: Names }) {
  const tip = (keys: readonly { key: "active" | "started" | "ended"; color: string }[]) => (
    <Tooltip
      cursor={BAR_HOVER}
      isAnimationActive={false}
      content={({ active, payload }) => {
        const point = payload[0]?.payload as BasePoint | undefined;
        if (!active || !point) return null;
        return (
          <ChartTip
            title={point.label}
            rows={keys.map(({ key, color }) => ({ name: names[key], value: String(point[key]), color }))}
          />
        );
      }}
    />
  );
  return (
    <div aria-hidden="true">
      <div className="h-36">
        <ResponsiveContainer width="100%" height="100%">
          <LineChart data={[...points]} margin={MARGIN}>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis dataKey="tick" hide padding={{ left: 12, right: 12 }} />
            <YAxis {...AXIS} width={52} tickCount={4} domain={[0, "auto"]} allowDecimals={false} />
            {tip([{ key: "active", color: "var(--c1)" }])}
            <Line
              dataKey="active"
              stroke="var(--c1)"
              strokeWidth={2.5}
              dot={{ r: 2.5, fill: "var(--c1)" }}
              isAnimationActive={false}
            />
          </LineChart>
        </ResponsiveContainer>
      </div>
      <div className="h-28">
        <ResponsiveContainer width="100%" height="100%">
          <BarChart data={[...points]} margin={MARGIN} barGap={1}>
            <defs>
              <Hatch id="ended-stripes" color="var(--c2)" />
            </defs>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis dataKey="tick" {...AXIS} interval="equidistantPreserveStart" />
            <YAxis {...AXIS} width={52} tickCount={3} allowDecimals={false} />
            {tip([
              { key: "started", color: "var(--c3)" },
              { key: "ended", color: "var(--c2)" },
            ])}
            <Bar dataKey="started" fill="var(--c3)" radius={[3, 3, 0, 0]} maxBarSize={12} isAnimationActive={false} />
            <Bar
              dataKey="ended"
              fill="url(#ended-stripes)"
              radius={[3, 3, 0, 0]}
              maxBarSize={12}
              isAnimationActive={false}
            />
          </BarChart>
        </ResponsiveContainer>
      </div>
    </div>
  );
}
