import { I18nProvider } from "@lingui/react";
import { QueryClientProvider } from "@tanstack/react-query";
import { type ComponentProps, useState } from "react";
import { RouterProvider } from "react-router/dom";

import { i18n } from "@/lib/i18n";
import { createQueryClient } from "@/lib/query-client";
import { Toaster } from "@/ui/toast";

import { ExternalSignIn } from "./external-sign-in";
import { Plugins } from "./plugins";

/** What every page stands in. */
export function App({ router }: { router: ComponentProps<typeof RouterProvider>["router"] }) {
  const [queries] = useState(createQueryClient);
  return (
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queries}>
        <ExternalSignIn />
        <Plugins>
          <RouterProvider router={router} />
        </Plugins>
        <Toaster />
      </QueryClientProvider>
    </I18nProvider>
  );
}
