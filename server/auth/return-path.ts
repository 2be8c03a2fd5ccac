/** A path of ours to go to after signing in; anything that could lead elsewhere is nothing. */
export function safeReturnPath(text: string | null | undefined): string | null {
  if (!text || !/^\/(?![/\\])[^\s\\]*$/.test(text) || text.length > 500) return null;
  const url = new URL(text, "http://uzel.invalid");
  if (url.host !== "uzel.invalid" || url.pathname.startsWith("/api/") || url.pathname.startsWith("/login")) return null;
  return `${url.pathname}${url.search}`;
}

/** Where to sign in, and where to come back to. */
export function loginPath(from: string | null, ended: boolean): string {
  const next = safeReturnPath(from);
  const query = new URLSearchParams({ ...(ended && { ended: "1" }), ...(next && next !== "/" && { next }) });
  return query.size > 0 ? `/login?${query}` : "/login";
}
