import { defineConfig } from "@lingui/conf";
import { formatter } from "@lingui/format-po";

// English is written in the source; `locales/en.po` is the list that translators start from.
export default defineConfig({
  sourceLocale: "en",
  locales: ["en"],
  catalogs: [{ path: "<rootDir>/src/locales/{locale}", include: ["src"], exclude: ["**/*.test.*"] }],
  // Without line numbers and sorted by text, the catalogue changes only when a text does.
  format: formatter({ origins: true, lineNumbers: false }),
  orderBy: "message",
});
