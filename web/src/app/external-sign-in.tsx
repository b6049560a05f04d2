import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useEffect } from "react";

import { useConfigQuery } from "@/lib/config";
import { setExternalSession } from "@/lib/external-session";
import { ME } from "@/lib/query-client";

const ClerkBridge = lazy(() => import("@/providers/clerk/clerk-bridge"));

/** Brings in the sign-in provider that the server names, and says when there is none. */
export function ExternalSignIn() {
  const { data, isError } = useConfigQuery();
  const queries = useQueryClient();
  const key = data?.signIn.clerk?.publishableKey;
  const none = isError || (data !== undefined && key === undefined);
  const onChange = useCallback(() => void queries.invalidateQueries({ queryKey: ME }), [queries]);

  useEffect(() => {
    if (none) setExternalSession(null);
  }, [none]);

  if (key === undefined) return null;
  return (
    <Suspense>
      <ClerkBridge publishableKey={key} onChange={onChange} />
    </Suspense>
  );
}
