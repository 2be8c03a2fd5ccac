"use client";

import { Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { AXIS, BAR_HOVER, ChartTip, HATCH_ID, Hatch } from "./chart-parts";

export interface BasePoint {
  readonly label: string;
  readonly active: number;
  readonly started: number;
  readonly ended: number;
}

type Names = { active: string; started: string; ended: string };

/** The base as a line against its own scale from zero; who joined and who left as bars under it. */
export function BaseChart({ points, names }: { points: readonly BasePoint[]; names: Names }) {
  return (
    <div className="h-64" aria-hidden="true">
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart data={[...points]} margin={{ top: 8, right: 4, bottom: 0, left: -12 }} barGap={2}>
          <defs>
            <Hatch color="var(--c2)" />
          </defs>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="label" {...AXIS} interval="preserveStartEnd" />
          <YAxis {...AXIS} width={52} tickCount={5} domain={[0, "auto"]} allowDecimals={false} />
          <Tooltip
            cursor={BAR_HOVER}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const point = payload[0]?.payload as BasePoint | undefined;
              if (!active || !point) return null;
              return (
                <ChartTip
                  title={point.label}
                  rows={[
                    { name: names.active, value: String(point.active), color: "var(--c1)" },
                    { name: names.started, value: String(point.started), color: "var(--c3)" },
                    { name: names.ended, value: String(point.ended), color: "var(--c2)" },
                  ]}
                />
              );
            }}
          />
          <Bar dataKey="started" fill="var(--c3)" radius={[3, 3, 0, 0]} maxBarSize={16} isAnimationActive={false} />
          <Bar
            dataKey="ended"
            fill={`url(#${HATCH_ID})`}
            radius={[3, 3, 0, 0]}
            maxBarSize={16}
            isAnimationActive={false}
          />
          <Line
            dataKey="active"
            stroke="var(--c1)"
            strokeWidth={2.5}
            dot={{ r: 2.5, fill: "var(--c1)" }}
            isAnimationActive={false}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}
