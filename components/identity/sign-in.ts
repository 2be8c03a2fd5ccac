export interface TypedLogin {
  readonly identifier: string;
  readonly password: string;
  readonly code?: string;
}

export type SignInAnswer =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: string; readonly minutes: number };

/** next-auth's own two steps: its token against forged forms, then the form. It answers with an address; we go there ourselves. */
export async function signIn(typed: TypedLogin): Promise<SignInAnswer> {
  try {
    const { csrfToken } = (await (await fetch("/api/auth/csrf")).json()) as { csrfToken: string };
    const response = await fetch("/api/auth/callback/credentials", {
      method: "POST",
      body: new URLSearchParams({ ...typed, csrfToken, callbackUrl: "/", json: "true" }),
    });
    const { url } = (await response.json()) as { url: string };
    return response.ok ? { ok: true } : refusalIn(url);
  } catch {
    return { ok: false, reason: "offline", minutes: 0 };
  }
}

/** «…/login?error=session.too_many_attempts:12» → its reason and minutes. */
export function refusalIn(url: string): SignInAnswer {
  const error = new URL(url, "http://uzel.invalid").searchParams.get("error") ?? "unexpected";
  const [reason = "", minutes] = error.replace(/^session\./, "").split(":");
  return { ok: false, reason, minutes: Number(minutes ?? 0) };
}
