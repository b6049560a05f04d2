import { I18nProvider } from "@lingui/react";
import { QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import type { ReactNode } from "react";
import { createMemoryRouter, useLocation } from "react-router";
import { RouterProvider } from "react-router/dom";

import { i18n } from "@/lib/i18n";
import { createQueryClient } from "@/lib/query-client";

interface Options {
  /** Where the test begins. */
  at?: string;
  /** The page's own address; every other one shows only where it is, as "at /path". */
  path?: string;
  /** Effects run twice, as in development. */
  strict?: boolean;
}

/** Draws a page or a part with all that the app's shell gives it. */
export function renderPage(page: ReactNode, { at = "/", path = at.split("?")[0] ?? "/", strict = false }: Options = {}) {
  const queries = createQueryClient();
  queries.setDefaultOptions({ queries: { retry: false } });
  const router = createMemoryRouter(
    [
      { path, element: page },
      { path: "*", element: <Elsewhere /> },
    ],
    { initialEntries: [at] },
  );
  const view = render(
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </I18nProvider>,
    { reactStrictMode: strict },
  );
  return { ...view, router, queries, user: userEvent.setup() };
}

function Elsewhere() {
  const { pathname, search } = useLocation();
  return <p>{`at ${pathname}${search}`}</p>;
}
