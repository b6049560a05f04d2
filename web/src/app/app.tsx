import { I18nProvider } from "@lingui/react";
import { QueryClientProvider } from "@tanstack/react-query";
import { type ComponentProps, lazy, Suspense, useState } from "react";
import { RouterProvider } from "react-router/dom";

import { i18n } from "@/lib/i18n";
import { createQueryClient } from "@/lib/query-client";
import { Toaster } from "@/ui/toast";

import { ExternalSignIn } from "./external-sign-in";
import { Plugins } from "./plugins";

/** After the page itself, and when it cannot be had, not at all: a page without it works. */
const KeptSettings = lazy(() => import("@/features/execution/kept-settings").catch(() => ({ default: () => null })));

/** What every page stands in. */
export function App({ router }: { router: ComponentProps<typeof RouterProvider>["router"] }) {
  const [queries] = useState(createQueryClient);
  return (
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queries}>
        <ExternalSignIn />
        <Suspense>
          <KeptSettings />
        </Suspense>
        <Plugins>
          <RouterProvider router={router} />
        </Plugins>
        <Toaster />
      </QueryClientProvider>
    </I18nProvider>
  );
}
