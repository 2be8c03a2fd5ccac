import { useTranslations } from "next-intl";
import type { LinkReading, LinkMap as Reading } from "@/server/domain/links";
import { useStateWords } from "./link-state";
import { LINK_LINE } from "./state";

type Box = { x: number; y: number; w: number; h: number };
const BOXES = {
  provider: { x: 40, y: 50, w: 190, h: 62 },
  ledger: { x: 330, y: 165, w: 190, h: 92 },
  services: { x: 620, y: 50, w: 190, h: 62 },
  radius: { x: 620, y: 310, w: 190, h: 62 },
  subscribers: { x: 40, y: 310, w: 190, h: 62 },
} satisfies Record<string, Box>;

const PATHS: Record<LinkReading["name"], string> = {
  "provider-ledger": "M230 81 C300 81 270 211 330 211",
  "ledger-provisioning": "M520 211 C580 211 550 81 620 81",
  "provisioning-radius": "M715 112 C715 190 700 230 715 310",
  "ledger-subscribers": "M330 211 C270 211 300 341 230 341",
};
const LABELS: Record<LinkReading["name"], { x: number; y: number; anchor: "middle" | "start" | "end" }> = {
  "provider-ledger": { x: 262, y: 190, anchor: "end" },
  "ledger-provisioning": { x: 590, y: 190, anchor: "start" },
  "provisioning-radius": { x: 700, y: 216, anchor: "end" },
  "ledger-subscribers": { x: 262, y: 254, anchor: "end" },
};

/** The map drawn around billing. Decoration for sighted readers: the list beside it says all of it in words. */
export function LinkMapDrawing({ map, now }: { map: Reading; now: Date }) {
  const t = useTranslations("links");
  const words = useStateWords();
  const ledger = map.ledger.provenAt === null ? "never" : map.ledger.differing === 0 ? "agrees" : "differs";
  return (
    <svg aria-hidden="true" viewBox="0 0 850 425" className="w-full max-md:hidden">
      {map.links.map((link) => {
        const line = LINK_LINE[link.state];
        const label = LABELS[link.name];
        return (
          <g key={link.name}>
            <path
              d={PATHS[link.name]}
              fill="none"
              stroke={line.stroke}
              strokeWidth={line.width}
              strokeDasharray={line.dash}
              strokeLinecap="round"
            />
            <text x={label.x} y={label.y} textAnchor={label.anchor} fontSize="13" fontWeight="500" fill={line.stroke}>
              {words(link, now)}
            </text>
          </g>
        );
      })}
      {(["provider", "services", "radius", "subscribers"] as const).map((name) => {
        const box = BOXES[name];
        return (
          <g key={name}>
            <rect x={box.x} y={box.y} width={box.w} height={box.h} rx="13" fill="var(--surface)" stroke="var(--line)" />
            <text
              x={box.x + box.w / 2}
              y={box.y + box.h / 2 + 5}
              textAnchor="middle"
              fontSize="15"
              fontWeight="600"
              fill="var(--ink)"
            >
              {t(`node.${name}`)}
            </text>
          </g>
        );
      })}
      <rect
        x={BOXES.ledger.x}
        y={BOXES.ledger.y}
        width={BOXES.ledger.w}
        height={BOXES.ledger.h}
        rx="20"
        fill="var(--night)"
      />
      <text x="425" y="207" textAnchor="middle" fontSize="16" fontWeight="600" fill="var(--night-ink)">
        {t("node.ledger")}
      </text>
      <text x="425" y="230" textAnchor="middle" fontSize="13" fill="var(--night-muted)">
        {t(`ledger.${ledger}`, { count: map.ledger.differing })}
        {ledger === "agrees" ? " ✓" : ""}
      </text>
    </svg>
  );
}
