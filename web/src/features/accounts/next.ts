/** Where to go after signing in: only a path of this site, whatever the address says. */
export function nextPath(search: URLSearchParams, otherwise = "/dashboard"): string {
  const next = search.get("next");
  if (!next?.startsWith("/") || !URL.canParse(next, window.location.origin)) return otherwise;
  const url = new URL(next, window.location.origin);
  // "/.//evil.example" is a path of ours, and once it is resolved the address of another site.
  if (url.origin !== window.location.origin || url.pathname.startsWith("//")) return otherwise;
  return url.pathname + url.search + url.hash;
}

export const signInPath = (next: string, page: "/sign-in" | "/register" = "/sign-in"): string =>
  `${page}?next=${encodeURIComponent(next)}`;
