import { useEffect, useRef } from "react";
import { Outlet, ScrollRestoration, useLocation, useNavigation } from "react-router";

import { SkipLink } from "@/ui/page";

import { Navbar } from "./navbar";
import { OfflineNotice } from "./offline-notice";

/** Pages with our bar above them. `--bar` is its height with its line, for pages that fill the rest of the window. */
export function Layout() {
  const main = useFocusOnNavigation();
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <Pending />
      <Navbar />
      <OfflineNotice />
      <main ref={main} id="main" tabIndex={-1} className="flex min-h-0 grow flex-col outline-none">
        <Outlet />
      </main>
      <ScrollRestoration />
    </div>
  );
}

/** Pages that bring their own bar and their own <main>. */
export function BareLayout() {
  return (
    <>
      <Pending />
      <Outlet />
    </>
  );
}

/** After going to another page the focus is at its beginning, as after a page load. */
function useFocusOnNavigation() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}

/** While the next page's code is on its way the old one stays, under a moving line. */
function Pending() {
  const { state } = useNavigation();
  return state === "idle" ? null : <div aria-hidden className="pending-line" />;
}
