import { cn } from "@/components/lib/cn";

export type SumOption = { kind: "missing" | "debt" | "month" | "quarter" | "plain"; amountMinor: bigint };

type Props = {
  value: string;
  /** Which words of the button belong to it. */
  slot: string;
  figure: string;
  name: string;
  /** Read aloud instead of the figure, where the figure is only a sign. */
  label?: string;
  defaultChecked: boolean;
  onNight: boolean;
};

/** One sum of several: a radio button that looks like a small card. */
export function SumChoice({ value, slot, figure, name, label, defaultChecked, onNight }: Props) {
  return (
    <label
      className={cn(
        "relative grid min-h-[3.75rem] cursor-pointer content-center gap-px rounded-[11px] border px-2 py-1.5 transition-colors duration-150 sm:px-2.5",
        "has-focus-visible:outline-2 has-focus-visible:outline-offset-2",
        onNight
          ? "border-night-ink/11 bg-night-ink/7 text-night-ink has-checked:border-night-ink has-checked:bg-night-ink has-checked:text-on-loud has-focus-visible:outline-night-ink"
          : "border-line bg-surface has-checked:border-ink has-checked:bg-ink has-checked:text-paper has-focus-visible:outline-info",
      )}
    >
      <input
        type="radio"
        name="sum"
        value={value}
        defaultChecked={defaultChecked}
        data-slot={slot}
        aria-label={label}
        className="peer absolute inset-0 m-0 cursor-pointer appearance-none rounded-[inherit] outline-none"
      />
      <span className="num truncate text-[1rem] leading-tight font-semibold tracking-[-0.02em]">{figure}</span>
      <span
        className={cn(
          "truncate text-[0.71875rem]",
          onNight ? "text-night-muted peer-checked:text-[oklch(0.42_0.03_263)]" : "text-muted peer-checked:text-paper",
        )}
      >
        {name}
      </span>
    </label>
  );
}
