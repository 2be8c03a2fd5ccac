/** No letter or digit that is taken for another when read aloud or copied from paper. */
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
const GROUPS = 4;
const GROUP_LENGTH = 4;
const LENGTH = GROUPS * GROUP_LENGTH;

/** Bytes from this on would make the first letters of the alphabet likelier than the others. */
const FAIR = 256 - (256 % ALPHABET.length);

/** How many random bytes `passwordOf` should be given: far more than it needs, since unfair ones are passed over. */
export const PASSWORD_BYTES = LENGTH * 4;

/** Sixteen letters in four groups, 79 bits: «k7mq-3xhd-9rtw-bz2e». Throws when too few of the bytes are fair. */
export function passwordOf(bytes: Uint8Array): string {
  const letters = [...bytes].filter((byte) => byte < FAIR).slice(0, LENGTH);
  if (letters.length < LENGTH) throw new Error("too few random bytes for a password");
  const text = letters.map((byte) => ALPHABET[byte % ALPHABET.length]).join("");
  return (text.match(new RegExp(`.{${GROUP_LENGTH}}`, "g")) ?? []).join("-");
}
