/** The app's colours (app.css) for Monaco, which takes hexadecimal ones only. Text reaches AA on its background. */
import type { editor } from "monaco-editor/editor";

interface Palette {
  paper: string;
  raised: string;
  line: string;
  ink: string;
  quiet: string;
  primary: string;
  error: string;
  currentLine: string;
  selection: string;
  comment: string;
  keyword: string;
  string: string;
  number: string;
  type: string;
  punctuation: string;
  regexp: string;
}

function themeOf(base: editor.BuiltinTheme, p: Palette): editor.IStandaloneThemeData {
  const rule = (token: string, color: string) => ({ token, foreground: color.slice(1) });
  return {
    base,
    inherit: true,
    rules: [
      rule("", p.ink),
      rule("comment", p.comment),
      rule("keyword", p.keyword),
      rule("string", p.string),
      rule("string.escape", p.regexp),
      rule("regexp", p.regexp),
      rule("number", p.number),
      rule("constant", p.number),
      rule("type", p.type),
      rule("tag", p.type),
      rule("annotation", p.type),
      rule("delimiter", p.punctuation),
      rule("operator", p.punctuation),
      rule("identifier", p.ink),
    ],
    colors: {
      "editor.background": p.paper,
      "editor.foreground": p.ink,
      "editorCursor.foreground": p.primary,
      "editor.lineHighlightBackground": p.currentLine,
      "editor.lineHighlightBorder": "#00000000",
      "editor.selectionBackground": p.selection,
      "editor.inactiveSelectionBackground": `${p.selection}99`,
      "editor.wordHighlightBackground": `${p.selection}66`,
      "editor.wordHighlightStrongBackground": `${p.selection}99`,
      "editor.findMatchBackground": `${p.number}66`,
      "editor.findMatchHighlightBackground": `${p.number}33`,
      "editorLineNumber.foreground": p.quiet,
      "editorLineNumber.activeForeground": p.ink,
      "editorIndentGuide.background1": p.line,
      "editorIndentGuide.activeBackground1": p.quiet,
      "editorBracketMatch.background": `${p.primary}22`,
      "editorBracketMatch.border": `${p.primary}99`,
      "editorBracketHighlight.foreground1": p.punctuation,
      "editorBracketHighlight.foreground2": p.type,
      "editorBracketHighlight.foreground3": p.keyword,
      "editorWidget.background": p.raised,
      "editorWidget.border": p.line,
      "editorSuggestWidget.background": p.raised,
      "editorSuggestWidget.border": p.line,
      "editorSuggestWidget.selectedBackground": p.selection,
      "editorSuggestWidget.highlightForeground": p.primary,
      "editorGutter.background": p.paper,
      "editorError.foreground": p.error,
      "scrollbarSlider.background": `${p.quiet}44`,
      "scrollbarSlider.hoverBackground": `${p.quiet}77`,
      "scrollbarSlider.activeBackground": `${p.quiet}99`,
      "scrollbar.shadow": "#00000000",
      focusBorder: p.primary,
    },
  };
}

export const day = themeOf("vs", {
  paper: "#fdfdfc",
  raised: "#f4f4f1",
  line: "#e0e0db",
  ink: "#172426",
  quiet: "#6b7678",
  primary: "#045954",
  error: "#a72724",
  currentLine: "#f4f6f4",
  selection: "#b3e3dd",
  comment: "#5c6d6b",
  keyword: "#603b93",
  string: "#196632",
  number: "#a14206",
  type: "#006469",
  punctuation: "#415052",
  regexp: "#a52836",
});

export const night = themeOf("vs-dark", {
  paper: "#141c1e",
  raised: "#0c1315",
  line: "#293235",
  ink: "#dfe6e6",
  quiet: "#7d898b",
  primary: "#66c8bb",
  error: "#f38d85",
  currentLine: "#1b2326",
  selection: "#1d4b48",
  comment: "#8a9e9e",
  keyword: "#c6a0f2",
  string: "#8fd89e",
  number: "#f9b379",
  type: "#83d5d4",
  punctuation: "#adbabc",
  regexp: "#f7958d",
});
