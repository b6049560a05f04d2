/** Our colours for Monaco. */
import type { editor } from "monaco-editor/editor";

import { DAY, NIGHT, type Palette } from "./editor-palette";

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

export const day = themeOf("vs", DAY);

export const night = themeOf("vs-dark", NIGHT);
