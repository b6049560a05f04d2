import { Trans, useLingui } from "@lingui/react/macro";
import { Link, NavLink, useLocation, useMatch } from "react-router";

import { signInPath } from "@/features/accounts/next";
import { useMe } from "@/features/accounts/use-me";
import { UserMenu } from "@/features/accounts/user-menu";
import { classes } from "@/lib/classes";
import { BrandMark } from "@/ui/brand";
import { ButtonLink } from "@/ui/button";
import { ThemeMenu } from "@/ui/theme-menu";

export function Navbar() {
  const { t } = useLingui();
  const { me } = useMe();
  const atDesk = useMatch("/problem/:slug") !== null;
  return (
    <header className="sticky top-0 z-20 border-b border-base-300 bg-base-100">
      <div className={classes("mx-auto flex h-[calc(var(--bar)-1px)] items-center gap-1 px-3 sm:gap-2 sm:px-6", !atDesk && "max-w-6xl")}>
        <Link to="/" className="mr-1 flex items-center gap-2.5 rounded-field py-1 sm:mr-4" aria-label={t`Interview Platform, start page`}>
          <BrandMark />
          <span className="hidden font-semibold tracking-tight sm:inline">Interview Platform</span>
        </Link>
        <nav aria-label={t`Main`} className="flex grow items-center">
          <NavLink to="/problems" className="nav-link">
            <Trans>Problems</Trans>
          </NavLink>
          {me && (
            <NavLink to="/dashboard" className="nav-link">
              <Trans>Dashboard</Trans>
            </NavLink>
          )}
        </nav>
        <ThemeMenu />
        {me && <UserMenu me={me} />}
        {me === null && <Doors />}
      </div>
    </header>
  );
}

/** Signing in leads back to here; from the pages about signing in and the start page, to the dashboard. */
function Doors() {
  const { pathname, search } = useLocation();
  const next = ["/", "/sign-in", "/register"].includes(pathname) ? "/dashboard" : pathname + search;
  return (
    <>
      <ButtonLink to={signInPath(next)} look="quiet" size="s">
        <Trans>Sign in</Trans>
      </ButtonLink>
      <ButtonLink to={signInPath(next, "/register")} look="primary" size="s" className="hidden sm:inline-flex">
        <Trans>Create account</Trans>
      </ButtonLink>
    </>
  );
}
