import { cva } from "class-variance-authority";

/** The look of a button, for links that act as one: `<Link className={buttonStyle({ kind: "primary" })}>`. */
export const buttonStyle = cva(
  [
    "inline-flex shrink-0 items-center justify-center gap-2 border text-center select-none",
    "transition-colors duration-150 disabled:cursor-not-allowed aria-disabled:cursor-not-allowed",
    "[&_svg]:size-[1.15em] [&_svg]:shrink-0",
  ],
  {
    variants: {
      kind: {
        primary:
          "border-signal-fill bg-signal-fill text-on-signal hover:border-signal-text hover:bg-signal-text disabled:border-line disabled:bg-sunken disabled:text-muted",
        secondary: "border-line bg-sunken text-ink hover:border-faint disabled:text-muted disabled:hover:border-line",
        ghost: "border-transparent bg-transparent text-ink hover:bg-sunken disabled:text-muted",
        danger:
          "border-danger bg-danger text-on-danger hover:brightness-95 disabled:border-line disabled:bg-sunken disabled:text-muted",
        loud: "border-transparent bg-signal-loud text-on-loud hover:brightness-105 disabled:bg-night-line disabled:text-night-muted",
      },
      size: {
        s: "min-h-[34px] rounded-control font-medium",
        m: "min-h-11 rounded-control font-semibold",
        l: "min-h-[50px] rounded-[12px] font-bold",
      },
      shape: { text: "", icon: "px-0 text-[1.05rem]" },
      wide: { true: "w-full", false: "" },
    },
    compoundVariants: [
      { shape: "text", size: "s", class: "px-3 py-1 text-[0.875rem]" },
      { shape: "text", size: "m", class: "px-4.5 py-2 text-body" },
      { shape: "text", size: "l", class: "px-5 py-2.5 text-[1rem]" },
      { shape: "icon", size: "s", class: "w-[34px]" },
      { shape: "icon", size: "m", class: "w-11" },
      { shape: "icon", size: "l", class: "w-[50px]" },
    ],
    defaultVariants: { kind: "secondary", size: "m", shape: "text", wide: false },
  },
);
