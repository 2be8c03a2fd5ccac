import { useTranslations } from "next-intl";
import { StatusBadge, type Tone } from "@/components/ui/status-badge";
import type { MessageState as State } from "@/server/domain/notifications/constants";
import type { MessageFacts } from "./outputs";

const TONES: Record<State, Tone> = {
  planned: "info",
  sending: "info",
  sent: "ok",
  failed: "danger",
  unknown: "warn",
  dropped: "off",
};

/** What became of a message, and why; one that a stand-in took was not sent to anybody, and says so. */
export function MessageState({ message }: { message: Pick<MessageFacts, "state" | "reason" | "carrier"> }) {
  const t = useTranslations("reminders");
  const isFile = message.state === "sent" && message.carrier === "file";
  return (
    <>
      <StatusBadge tone={isFile ? "warn" : TONES[message.state]} size="s">
        {t(isFile ? "state.file" : `state.${message.state}`)}
      </StatusBadge>
      {message.reason && message.state !== "sent" ? (
        <span className="block text-small text-muted">{t(`reason.${message.reason}`)}</span>
      ) : null}
    </>
  );
}
