import "@/app/app.css";

import { I18nProvider } from "@lingui/react";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { i18n } from "@/lib/i18n";
import { createQueryClient } from "@/lib/query-client";

import { ReplayPage } from "./replay-page";

const root = document.getElementById("root");
if (!root) throw new Error("the page has no #root");
createRoot(root).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      {/* Nothing is asked of anybody; some parts that only show things want to know whom they could ask. */}
      <QueryClientProvider client={createQueryClient()}>
        <ReplayPage page={document} />
      </QueryClientProvider>
    </I18nProvider>
  </StrictMode>,
);
