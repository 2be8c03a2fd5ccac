import {
  BellRing,
  CalendarCheck,
  ChartColumn,
  FlaskConical,
  ReceiptText,
  Tags,
  UserRound,
  Waypoints,
} from "lucide-react";
import type { SectionId } from "./sections";

const ICONS = {
  crm: UserRound,
  catalog: Tags,
  billing: ReceiptText,
  runs: CalendarCheck,
  reminders: BellRing,
  analytics: ChartColumn,
  links: Waypoints,
  sandbox: FlaskConical,
};

export function SectionIcon({ id }: { id: SectionId }) {
  const Icon = ICONS[id];
  return <Icon aria-hidden="true" />;
}
