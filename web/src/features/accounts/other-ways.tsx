import { Trans } from "@lingui/react/macro";
import { useSyncExternalStore } from "react";

import type { Config } from "@/lib/config";
import { externalAway, externalSession, watchExternalSession } from "@/lib/external-session";
import { Button, ButtonLink } from "@/ui/button";

/** The ways to sign in that are not ours: a button each, none when there is none. */
export function OtherWays({ ways, next }: { ways: Config["signIn"] | undefined; next: string }) {
  const clerk = useSyncExternalStore(watchExternalSession, externalSession);
  const away = useSyncExternalStore(watchExternalSession, externalAway);
  if (!ways?.clerk && !ways?.oidc) return null;
  const look = ways.embedded ? "plain" : "primary";
  return (
    <div className="flex flex-col gap-3">
      {ways.clerk && (
        <div>
          <Button look={look} className="w-full" disabled={!clerk} onClick={() => clerk?.signIn(next)}>
            <Trans>Continue with Clerk</Trans>
          </Button>
          <p role="status" className="quiet text-center text-sm">
            {away && <Trans>Clerk cannot be reached just now. Reload the page to try again.</Trans>}
          </p>
        </div>
      )}
      {ways.oidc && (
        // A page of the server: it leads to the provider's, and that one back to us.
        <ButtonLink reloadDocument look={look} to={`/api/auth/oidc/start?next=${encodeURIComponent(next)}`}>
          <Trans>Continue with {ways.oidc.name}</Trans>
        </ButtonLink>
      )}
      {ways.embedded && (
        <p className="quiet my-1 flex items-center gap-3 text-sm before:h-px before:grow before:bg-base-300 after:h-px after:grow after:bg-base-300">
          <Trans>or</Trans>
        </p>
      )}
    </div>
  );
}
