import type { languages } from "monaco-editor/editor";

export const conf: languages.LanguageConfiguration = {
  comments: { lineComment: "--", blockComment: ["{-", "-}"] },
  brackets: [
    ["(", ")"],
    ["[", "]"],
    ["{", "}"],
  ],
};

export const language: languages.IMonarchLanguage = {
  keywords:
    "case class data default deriving do else forall foreign if import in infix infixl infixr instance let module newtype of qualified then type where".split(" "),
  tokenizer: {
    root: [
      [/\{-#.*?#-\}/, "annotation"],
      [/\{-/, "comment", "@comment"],
      [/--+(?![!#$%&*+./<=>?@\\^|~:-]).*$/, "comment"],
      [/[A-Z][\w']*/, "type.identifier"],
      [/[a-z_][\w']*/, { cases: { "@keywords": "keyword", "@default": "identifier" } }],
      [/0[xX][\da-fA-F]+|\d+(\.\d+)?([eE][+-]?\d+)?/, "number"],
      [/'([^'\\]|\\[^']+|\\')'/, "string"],
      [/"/, "string", "@string"],
      [/[()[\]{}]/, "@brackets"],
      [/[!#$%&*+./<=>?@\\^|~:-]+/, "operator"],
    ],
    comment: [
      [/\{-/, "comment", "@push"],
      [/-\}/, "comment", "@pop"],
      [/[^{-]+|./, "comment"],
    ],
    string: [
      [/[^"\\]+|\\./, "string"],
      [/"/, "string", "@pop"],
    ],
  },
};
