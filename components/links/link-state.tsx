import { useLocale, useTranslations } from "next-intl";
import { formatAge } from "@/components/i18n/format";
import { StatusBadge } from "@/components/ui/status-badge";
import { LINK_TONE, type LinkFacts, stateCount } from "./state";

export function useStateWords() {
  const t = useTranslations("links.state");
  const locale = useLocale();
  return (link: LinkFacts, now: Date) =>
    t(link.state, {
      count: stateCount(link),
      age: link.oldestAt ? formatAge(now.getTime() - link.oldestAt.getTime(), locale) : "",
    });
}

export function LinkBadge({ link, now, size = "m" }: { link: LinkFacts; now: Date; size?: "m" | "s" }) {
  const words = useStateWords();
  return (
    <StatusBadge tone={LINK_TONE[link.state]} size={size}>
      {words(link, now)}
    </StatusBadge>
  );
}
