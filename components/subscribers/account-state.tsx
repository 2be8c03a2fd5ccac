import { useTranslations } from "next-intl";
import { StatusBadge, type Tone } from "@/components/ui/status-badge";
import type { AccountState } from "@/server/domain/crm/constants";

const TONES: Record<AccountState, Tone> = { active: "ok", blocked: "danger", terminated: "off" };

export function AccountStateBadge({ state, size }: { state: AccountState; size?: "m" | "s" }) {
  const t = useTranslations("subscribers.state");
  return (
    <StatusBadge tone={TONES[state]} {...(size && { size })}>
      {t(state)}
    </StatusBadge>
  );
}
