import type { languages } from "monaco-editor/editor";

export const conf: languages.LanguageConfiguration = {
  comments: { lineComment: "%", blockComment: ["/*", "*/"] },
  brackets: [
    ["(", ")"],
    ["[", "]"],
    ["{", "}"],
  ],
};

export const language: languages.IMonarchLanguage = {
  keywords: "is mod rem div xor dynamic discontiguous initialization module use_module table fail true false not".split(" "),
  tokenizer: {
    root: [
      [/%.*$/, "comment"],
      [/\/\*/, "comment", "@comment"],
      [/[A-Z_]\w*/, "variable"],
      [/[a-z]\w*/, { cases: { "@keywords": "keyword", "@default": "identifier" } }],
      [/0'.|\d+(\.\d+)?([eE][+-]?\d+)?/, "number"],
      [/"([^"\\]|\\.)*"|'([^'\\]|\\.)*'|`([^`\\]|\\.)*`/, "string"],
      [/[()[\]{}]/, "@brackets"],
      [/:-|-->|[-+*/\\^<>=~:.?@#&!|;,]+/, "operator"],
    ],
    comment: [
      [/\*\//, "comment", "@pop"],
      [/[^*]+|./, "comment"],
    ],
  },
};
