import type { ReactNode } from "react";
import { Navigate, useLocation } from "react-router";

import { Loading } from "@/ui/spinner";
import { ErrorState } from "@/ui/states";

import { signInPath } from "./next";
import { useMe } from "./use-me";

/** Leads to the sign-in page and back again. */
export function RequireSignIn({ children }: { children: ReactNode }) {
  const { me, error, retry } = useMe();
  const here = useLocation();
  if (me) return children;
  if (me === null) return <Navigate to={signInPath(here.pathname + here.search)} replace />;
  return error ? <ErrorState error={error} onRetry={retry} /> : <Loading />;
}
