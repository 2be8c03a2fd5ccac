import { Secret, TOTP as Totp } from "otpauth";
import { TOTP } from "../constants";

/** RFC 6238 with SHA-1 and six digits: what every authenticator app understands. */
function totpOf(secretBase32: string, label: string): Totp {
  return new Totp({
    issuer: TOTP.issuer,
    label,
    algorithm: "SHA1",
    digits: TOTP.digits,
    period: TOTP.periodSeconds,
    secret: Secret.fromBase32(secretBase32),
  });
}

/**
 * The 30-second step whose code this is, or null. A caller stores the step, so that a code seen over the shoulder does
 * not work a second time.
 */
export function totpStep(secretBase32: string, code: string, atMs: number): number | null {
  const token = code.replaceAll(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return null;
  const delta = totpOf(secretBase32, "").validate({ token, timestamp: atMs, window: TOTP.driftSteps });
  return delta === null ? null : Math.floor(atMs / 1000 / TOTP.periodSeconds) + delta;
}

export function totpCode(secretBase32: string, atMs: number): string {
  return totpOf(secretBase32, "").generate({ timestamp: atMs });
}

/** `otpauth://` link that an authenticator app opens. */
export function totpLink(secretBase32: string, label: string): string {
  return totpOf(secretBase32, label).toString();
}

export function totpSecretOf(bytes: Uint8Array): string {
  return new Secret({ buffer: bytes.slice().buffer }).base32;
}
