import { Trans, useLingui } from "@lingui/react/macro";
import { Compass } from "lucide-react";

import { ButtonLink } from "@/ui/button";
import { PageTitle } from "@/ui/page";
import { Icon } from "@/ui/icon";

export function NotFound() {
  const { t } = useLingui();
  return (
    <div className="grid grow place-items-center px-4 py-20 text-center">
      <PageTitle>{t`Page not found`}</PageTitle>
      <div>
        <Icon of={Compass} size={28} className="quiet mx-auto mb-3" />
        <h1 className="text-xl font-semibold tracking-tight">
          <Trans>There is no page here</Trans>
        </h1>
        <p className="quiet mt-1 mb-5 text-pretty">
          <Trans>The address may be mistyped, or the page is gone.</Trans>
        </p>
        <ButtonLink to="/">
          <Trans>To the start page</Trans>
        </ButtonLink>
      </div>
    </div>
  );
}
