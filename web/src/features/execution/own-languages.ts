/** Languages that can be run and that Monaco has no colours for: ours, each a small chunk, loaded when a file of it is opened. */
import { languages } from "monaco-editor/editor";

export interface Definition {
  conf: languages.LanguageConfiguration;
  language: languages.IMonarchLanguage;
}

const OWN: Record<string, () => Promise<Definition>> = {
  fortran: () => import("./own-languages/fortran"),
  haskell: () => import("./own-languages/haskell"),
  prolog: () => import("./own-languages/prolog"),
};

export function registerOwnLanguages(): void {
  for (const [id, load] of Object.entries(OWN)) {
    languages.register({ id });
    languages.onLanguageEncountered(id, () => {
      void load().then(
        ({ conf, language }) => {
          languages.setLanguageConfiguration(id, conf);
          languages.setMonarchTokensProvider(id, language);
        },
        () => undefined, // without the server: plain text, until the page is loaded again
      );
    });
  }
}
