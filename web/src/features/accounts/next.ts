/** Where to go after signing in: only a path of this site, whatever the address says. */
export function nextPath(search: URLSearchParams, otherwise = "/dashboard"): string {
  const next = search.get("next");
  if (!next?.startsWith("/")) return otherwise;
  const url = new URL(next, window.location.origin);
  return url.origin === window.location.origin ? url.pathname + url.search + url.hash : otherwise;
}

export const signInPath = (next: string, page: "/sign-in" | "/register" = "/sign-in"): string =>
  `${page}?next=${encodeURIComponent(next)}`;
