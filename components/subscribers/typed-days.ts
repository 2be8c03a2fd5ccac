import { MAX_TERM_DAYS } from "@/server/domain/crm/constants";

/** «14» as a person types it; null when nothing is typed, undefined when it is no number of days that terms may have. */
export function typedDays(text: string): number | null | undefined {
  const typed = text.trim();
  if (typed === "") return null;
  return /^\d{1,3}$/.test(typed) && Number(typed) <= MAX_TERM_DAYS ? Number(typed) : undefined;
}
