const GAP = "\u00A0";

/** "+7 912 ··· ·· 41": enough to recognise, not enough to call. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, "");
  const end = digits.slice(-2);
  if (digits.length !== 11) return `···${GAP}${end}`;
  return `+${digits.slice(0, 1)}${GAP}${digits.slice(1, 4)}${GAP}···${GAP}··${GAP}${end}`;
}

/** "a···@mail.ru": the house of the address stays, who lives there does not. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  return at < 1 ? "···" : `${email.slice(0, 1)}···${email.slice(at)}`;
}
