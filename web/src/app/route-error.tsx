import { Trans, useLingui } from "@lingui/react/macro";
import { RotateCw, TriangleAlert } from "lucide-react";
import { isRouteErrorResponse, useRouteError } from "react-router";

import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { PageTitle } from "@/ui/page";

import { NotFound } from "./not-found";

/** A page that broke, or whose code could not be fetched (a newer version is out, or there is no network). */
export function RouteError() {
  const { t } = useLingui();
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  return (
    <div className="grid min-h-[80dvh] place-items-center px-4 text-center">
      <PageTitle>{t`Something broke`}</PageTitle>
      <div role="alert" className="max-w-md">
        <Icon of={TriangleAlert} size={28} className="mx-auto mb-3 text-error" />
        <h1 className="text-xl font-semibold tracking-tight">
          <Trans>This page broke</Trans>
        </h1>
        <p className="quiet mt-1 mb-5 text-pretty">
          <Trans>That is our fault, or a new version came out while the page was open. What was saved is safe.</Trans>
        </p>
        <Button look="primary" icon={RotateCw} onClick={() => window.location.reload()}>
          <Trans>Reload the page</Trans>
        </Button>
        {error instanceof Error && <pre className="quiet mt-6 overflow-x-auto text-start text-xs whitespace-pre-wrap">{error.message}</pre>}
      </div>
    </div>
  );
}
