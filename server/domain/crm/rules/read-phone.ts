/** «8 (912) 345-67-41», «9123456741» → "+79123456741"; null when it is not a phone. */
export function readPhone(text: string): string | null {
  const digits = text.replace(/\D/g, "");
  if (!/^\+?[\d\s().-]+$/.test(text.trim())) return null;
  if (text.trim().startsWith("+")) return /^\d{10,15}$/.test(digits) ? `+${digits}` : null;
  if (/^[78]\d{10}$/.test(digits)) return `+7${digits.slice(1)}`;
  return /^\d{10}$/.test(digits) ? `+7${digits}` : null;
}
