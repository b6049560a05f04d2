import type { languages } from "monaco-editor/editor";

export const conf: languages.LanguageConfiguration = {
  comments: { lineComment: "!" },
  brackets: [
    ["(", ")"],
    ["[", "]"],
  ],
};

export const language: languages.IMonarchLanguage = {
  ignoreCase: true,
  keywords:
    "allocatable allocate associate block call case character class close complex contains cycle data deallocate default dimension do double else elseif elsewhere end enddo endif exit external function if implicit import in inout inquire integer intent interface intrinsic kind len logical module none nullify only open optional out parameter pointer precision print private procedure program public pure read real recursive result return rewind save select stop subroutine target then to type use value where while write".split(
      " ",
    ),
  tokenizer: {
    root: [
      [/!.*$/, "comment"],
      [/\.(true|false)\./, "keyword"],
      [/\.[a-z]+\./, "operator"],
      [/[a-z]\w*/, { cases: { "@keywords": "keyword", "@default": "identifier" } }],
      [/\d+(\.\d*)?([de][+-]?\d+)?(_\w+)?/, "number"],
      [/'[^']*'|"[^"]*"/, "string"],
      [/[()[\]]/, "@brackets"],
      [/[=<>/*+\-%:]+/, "operator"],
    ],
  },
};
