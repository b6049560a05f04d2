import { i18n } from "@lingui/core";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach } from "vitest";

import { setExternalSession } from "../src/lib/external-session.ts";
import { installBrowserParts } from "./browser-parts.ts";

i18n.loadAndActivate({ locale: "en", messages: {} });
// Waiting ends when what is waited for is there; this only bounds a failure, also on a busy machine.
configure({ asyncUtilTimeout: 8000 });
// A few tests ask for plain Node: they need no page.
if (typeof window !== "undefined") installBrowserParts();

// As on a server without an outside sign-in provider.
beforeEach(() => setExternalSession(null));

afterEach(() => {
  if (typeof window === "undefined") return;
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
});
