import { Trans } from "@lingui/react/macro";
import { useSyncExternalStore } from "react";

import type { Config } from "@/lib/config";
import { externalSession, watchExternalSession } from "@/lib/external-session";
import { Button, ButtonLink } from "@/ui/button";

/** The ways to sign in that are not ours: a button each, none when there is none. */
export function OtherWays({ ways, next }: { ways: Config["signIn"] | undefined; next: string }) {
  const clerk = useSyncExternalStore(watchExternalSession, externalSession);
  if (!ways?.clerk && !ways?.oidc) return null;
  const look = ways.embedded ? "plain" : "primary";
  return (
    <div className="flex flex-col gap-3">
      {ways.clerk && (
        <Button look={look} disabled={!clerk} onClick={() => clerk?.signIn(next)}>
          <Trans>Continue with Clerk</Trans>
        </Button>
      )}
      {ways.oidc && (
        // A page of the server: it leads to the provider's, and that one back to us.
        <ButtonLink reloadDocument look={look} to={`/api/auth/oidc/start?next=${encodeURIComponent(next)}`}>
          <Trans>Continue with {ways.oidc.name}</Trans>
        </ButtonLink>
      )}
      {ways.embedded && (
        <p className="quiet divider my-1 text-sm">
          <Trans>or</Trans>
        </p>
      )}
    </div>
  );
}
